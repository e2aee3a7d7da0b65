/** One point of a ROC curve: x = false-positive rate, y = true-positive rate, both in [0, 1]. */
export interface CurvePoint {
  x: number;
  y: number;
}

/** Mean prediction and mean label of one bin (probabilities, or label units for regression), and its rows. */
export interface CalibrationBin {
  predicted: number;
  observed: number;
  count: number;
}

/** The same figure of both models; no champion where nothing was compared. */
export interface Pair<T> {
  champion?: T;
  challenger: T;
}

/** What the charts of a gate report are drawn from; a figure that could not be made is absent. */
export interface GateFigures {
  /** Points in the order of the curve, from (0, 0) to (1, 1). */
  roc?: Pair<CurvePoint[]>;
  /** Bins in the order of the prediction. */
  calibration?: Pair<CalibrationBin[]>;
}

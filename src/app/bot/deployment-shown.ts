import { formatLane } from '../../core/lane.ts';
import type { DeploymentShown } from '../../core/forge.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';

/**
 * What the forge's page of deployments shows of a result; `undefined` where nothing moved, or the release has no commit to show it at. Its
 * operation is named by lane and number: the same one is shown once. `isNew`: no earlier attempt of this run can have shown it.
 */
export function deploymentShown(
  result: LaneResult,
  { run, isNew }: { run: string | undefined; isNew: boolean },
): DeploymentShown | undefined {
  const { command, lane, release, seq, outcome, automatic } = result;
  const isMove = command === 'promote' || command === 'rollback';
  const isOver = outcome === 'done' || outcome === 'moved-not-proved' || outcome === 'failed';
  // What was rolled back to by itself was shown when it came.
  if (!isMove || !isOver || automatic !== undefined || release?.sha === undefined || seq === undefined)
    return undefined;
  const environment = formatLane(lane);
  return {
    environment,
    ref: release.sha,
    operation: `${environment}#${seq}`,
    seq,
    digest: release.digest,
    description: `${command} to ${release.version}${outcome === 'done' ? '' : ', not proved'}`,
    state: outcome === 'done' ? 'success' : 'failure',
    isNew,
    ...(run === undefined ? {} : { run }),
  };
}

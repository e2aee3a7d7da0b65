/** Colours of one theme, as `#rrggbb`. Text colours have a contrast of at least 4.5 on the grounds they are used on. */
export interface Palette {
  ground: string;
  raised: string;
  line: string;
  text: string;
  quiet: string;
  challenger: string;
  champion: string;
  pass: string;
  hold: string;
  error: string;
  fail: string;
  'pass-ground': string;
  'hold-ground': string;
  'error-ground': string;
  'fail-ground': string;
}

/** The light theme, and print. */
export const LIGHT: Palette = {
  ground: '#ffffff',
  raised: '#f5f7f9',
  line: '#d5dbe2',
  text: '#1b2530',
  quiet: '#55616e',
  challenger: '#0b5fae',
  champion: '#7a5b00',
  pass: '#116329',
  hold: '#7d4e00',
  error: '#6b3fa0',
  fail: '#b3261e',
  'pass-ground': '#e3f4e7',
  'hold-ground': '#fdf0d5',
  'error-ground': '#f0e8fa',
  'fail-ground': '#fdeae8',
};

/** The dark theme. */
export const DARK: Palette = {
  ground: '#11161c',
  raised: '#1a2129',
  line: '#36414d',
  text: '#e4e9ee',
  quiet: '#a3afbb',
  challenger: '#6cb6ff',
  champion: '#e0b84c',
  pass: '#6fd58a',
  hold: '#f0b54a',
  error: '#c6a2f5',
  fail: '#ff8f86',
  'pass-ground': '#12301c',
  'hold-ground': '#33260c',
  'error-ground': '#2a2038',
  'fail-ground': '#3b1917',
};

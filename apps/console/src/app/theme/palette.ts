/** The colours of the console. One object per theme; CSS variables, antd tokens and charts are all made from it. */
export interface Palette {
  readonly page: string;
  readonly panel: string;
  readonly raised: string;
  readonly sunken: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly textSoft: string;
  readonly textFaint: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly onAccent: string;
  readonly ember: string;
  readonly rail: string;
  readonly railText: string;
  readonly railSoft: string;
  readonly railActive: string;
  readonly good: string;
  readonly goodSoft: string;
  readonly warn: string;
  readonly warnSoft: string;
  readonly bad: string;
  readonly badSoft: string;
  readonly idle: string;
  readonly idleSoft: string;
  /** Series colours in the order they are given out; told apart by people who see red and green alike. */
  readonly series: readonly string[];
}

export const lightPalette: Palette = {
  page: '#f3f4f2',
  panel: '#ffffff',
  raised: '#ffffff',
  sunken: '#f0f2f0',
  line: '#dfe3e0',
  lineStrong: '#c3cac6',
  text: '#1c2428',
  textSoft: '#4f5c62',
  textFaint: '#5a676d',
  accent: '#1b607d',
  accentSoft: '#e3eff4',
  onAccent: '#ffffff',
  ember: '#c9541c',
  rail: '#1b2226',
  railText: '#d5dcda',
  railSoft: '#93a1a4',
  railActive: '#2c373c',
  good: '#1f7a4d',
  goodSoft: '#e2f2e8',
  warn: '#93610a',
  warnSoft: '#fbf0d9',
  bad: '#b4342a',
  badSoft: '#fbe7e4',
  idle: '#5f6c72',
  idleSoft: '#eaedeb',
  series: ['#1b6f94', '#d9772b', '#3f8f6b', '#8a5aa8', '#b8a11f', '#b04a5a', '#5a6fb8', '#6d7a80'],
};

export const darkPalette: Palette = {
  page: '#12171a',
  panel: '#191f23',
  raised: '#20272c',
  sunken: '#151b1e',
  line: '#2b343a',
  lineStrong: '#404c53',
  text: '#e4e9e7',
  textSoft: '#aab6b8',
  textFaint: '#9aa6aa',
  accent: '#5db1d1',
  accentSoft: '#17323e',
  onAccent: '#0d1518',
  ember: '#f0894a',
  rail: '#0d1113',
  railText: '#d5dcda',
  railSoft: '#84939a',
  railActive: '#222b30',
  good: '#58bd88',
  goodSoft: '#14301f',
  warn: '#dda63a',
  warnSoft: '#352811',
  bad: '#ee7d70',
  badSoft: '#3b1c19',
  idle: '#8a979b',
  idleSoft: '#262e33',
  series: ['#5db1d1', '#f0994f', '#6cc59b', '#b78ad6', '#d8c24a', '#e07f8d', '#8ea2ea', '#9aa7ad'],
};

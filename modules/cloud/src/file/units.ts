/** What a unit as written in a file stands for. */
export interface KnownUnit {
  /** UCUM code. UCUM has no var: reactive power and energy are `V.A` and `V.A.h` with the quantity saying which. */
  readonly ucum: string;
  readonly quantity: string;
  /** Said of the unit when it is not the plain meaning, such as "at normal conditions". */
  readonly note?: string;
}

const normal = 'at normal conditions';
const hundred = 'ten thousand kWh';

/** UCUM code, quantity, ways of writing it. Upper and lower case matter only where two units differ by nothing else. */
const table: readonly (readonly [string, string, string, string?])[] = [
  ['kW.h', 'energy', 'kWh kW.h kW·h kW*h kW-h 千瓦时 千瓦時 千瓦·时 千瓦小时 度'],
  ['W.h', 'energy', 'Wh W.h W·h 瓦时'],
  ['MW.h', 'energy', 'MWh MW.h MW·h 兆瓦时 兆瓦時'],
  ['GW.h', 'energy', 'GWh GW.h'],
  ['10*4.kW.h', 'energy', '万kWh 万千瓦时 萬千瓦時 万度', hundred],
  ['kV.A.h', 'reactive-energy', 'kvarh kvar.h kvar·h kVAr·h 千乏时 千乏時'],
  ['MV.A.h', 'reactive-energy', 'Mvarh'],
  ['V.A.h', 'reactive-energy', 'varh'],
  ['kV.A.h', 'apparent-energy', 'kVAh'],
  ['kW', 'power', 'kW 千瓦'],
  ['W', 'power', 'W Watt 瓦'],
  ['MW', 'power', 'MW 兆瓦'],
  ['kV.A', 'reactive-power', 'kvar 千乏'],
  ['MV.A', 'reactive-power', 'Mvar'],
  ['V.A', 'reactive-power', 'var'],
  ['kV.A', 'apparent-power', 'kVA 千伏安'],
  ['MV.A', 'apparent-power', 'MVA'],
  ['V.A', 'apparent-power', 'VA'],
  ['V', 'voltage', 'V Volt 伏 伏特'],
  ['kV', 'voltage', 'kV 千伏'],
  ['mV', 'voltage', 'mV'],
  ['A', 'current', 'A Amp Ampere 安 安培'],
  ['mA', 'current', 'mA'],
  ['kA', 'current', 'kA'],
  ['Hz', 'frequency', 'Hz 赫兹'],
  ['Ohm', 'resistance', 'Ohm Ω'],
  ['J', 'energy', 'J'],
  ['kJ', 'energy', 'kJ 千焦'],
  ['MJ', 'energy', 'MJ 兆焦'],
  ['GJ', 'energy', 'GJ 吉焦 百万千焦'],
  ['TJ', 'energy', 'TJ'],
  ['kcal', 'energy', 'kcal 千卡 大卡'],
  ['Gcal', 'energy', 'Gcal'],
  ['[Btu]', 'energy', 'Btu'],
  ['m3', 'volume', 'm3 m³ m^3 cbm 立方米 立方 方 立方公尺 m3(工况)'],
  ['m3', 'volume', 'Nm3 Nm³ Nm^3 标方 标立方米 标况m3', normal],
  ['L', 'volume', 'L l Liter Litre Ltr 升 公升'],
  ['m3/h', 'volume-flow', 'm3/h m³/h m^3/h cbm/h 立方米/小时 立方米/时'],
  ['m3/h', 'volume-flow', 'Nm3/h Nm³/h 标方/小时', normal],
  ['m3/min', 'volume-flow', 'm3/min m³/min'],
  ['m3/s', 'volume-flow', 'm3/s m³/s'],
  ['L/min', 'volume-flow', 'L/min l/min lpm 升/分'],
  ['L/s', 'volume-flow', 'L/s l/s'],
  ['L/h', 'volume-flow', 'L/h l/h'],
  ['kg', 'mass', 'kg 千克 公斤'],
  ['t', 'mass', 't ton tons tonne tonnes Tonne Tonnen 吨 噸 公吨 公噸'],
  ['t', 'emissions', 'tCO2 tCO2e tCO2eq t(CO2) 吨CO2 吨二氧化碳', 'tonnes of CO2'],
  ['kg', 'emissions', 'kgCO2 kgCO2e', 'kilograms of CO2'],
  ['kg/h', 'mass-flow', 'kg/h 千克/小时'],
  ['kg/s', 'mass-flow', 'kg/s'],
  ['t/h', 'mass-flow', 't/h 吨/小时 吨/时 T/H'],
  ['Cel', 'temperature', '°C ℃ ºC degC deg_C Celsius 摄氏度 攝氏度'],
  ['K', 'temperature', 'K Kelvin 开尔文'],
  ['[degF]', 'temperature', '°F ℉ degF Fahrenheit'],
  ['bar', 'pressure', 'bar bara'],
  ['bar', 'pressure', 'barg bar(g) barü', 'above atmospheric'],
  ['mbar', 'pressure', 'mbar'],
  ['Pa', 'pressure', 'Pa 帕'],
  ['hPa', 'pressure', 'hPa 百帕'],
  ['kPa', 'pressure', 'kPa 千帕'],
  ['MPa', 'pressure', 'MPa 兆帕'],
  ['[psi]', 'pressure', 'psi'],
  ['%', 'ratio', '% ％ pct percent Prozent 百分比'],
  ['[ppm]', 'concentration', 'ppm'],
  ['[ppb]', 'concentration', 'ppb'],
  ['mg/m3', 'concentration', 'mg/m3 mg/m³'],
  ['ug/m3', 'concentration', 'µg/m3 µg/m³ ug/m3 μg/m³'],
  ['[pH]', 'acidity', 'pH'],
  ['{rev}/min', 'rotational-speed', 'rpm r/min rev/min U/min 1/min 转/分 轉/分'],
  ['N.m', 'torque', 'Nm N.m N·m 牛米'],
  ['N', 'force', 'N'],
  ['kN', 'force', 'kN'],
  ['[g]', 'acceleration', 'g'],
  ['m/s2', 'acceleration', 'm/s2 m/s²'],
  ['mm/s', 'velocity', 'mm/s'],
  ['m/s', 'velocity', 'm/s'],
  ['km/h', 'velocity', 'km/h'],
  ['m/min', 'velocity', 'm/min'],
  ['mm', 'length', 'mm 毫米'],
  ['um', 'length', 'µm μm um 微米'],
  ['cm', 'length', 'cm 厘米'],
  ['m', 'length', 'm 米'],
  ['km', 'length', 'km'],
  ['m2', 'area', 'm2 m² 平方米'],
  ['s', 'duration', 's sec Sekunden 秒'],
  ['min', 'duration', 'min mins 分钟 分鐘'],
  ['h', 'duration', 'h hrs 小时 小時 Std'],
  ['d', 'duration', 'd'],
  ['W/m2', 'irradiance', 'W/m2 W/m²'],
  ['lx', 'illuminance', 'lx lux'],
  ['dB', 'sound-level', 'dB dB(A) dBA'],
  ['uS/cm', 'conductivity', 'µS/cm μS/cm uS/cm'],
  ['mS/cm', 'conductivity', 'mS/cm'],
  ['deg', 'angle', '°'],
  ['{pcs}', 'production', 'pcs pc piece pieces Stk Stück 件 个 個 台 只'],
];

const exact = new Map<string, KnownUnit>();
const loose = new Map<string, KnownUnit>();
for (const [ucum, quantity, writings, note] of table) {
  for (const writing of writings.split(' ')) {
    const unit = note === undefined ? { ucum, quantity } : { ucum, quantity, note };
    if (!exact.has(writing)) exact.set(writing, unit);
    // kvarh is written in every mixture of cases; MW and mW, however, are two units.
    const folded = writing.toLowerCase();
    if (
      folded.length > 1 &&
      !['mv', 'mw', 'pa', 'mpa', 'nm', 'ma', 'va', 'min', 'mj', 'mwh'].includes(folded) &&
      !loose.has(folded)
    )
      loose.set(folded, unit);
  }
}
for (const [writing, like] of [
  ['mwh', 'MWh'],
  ['MWH', 'MWh'],
  ['mpa', 'MPa'],
  ['Mpa', 'MPa'],
  ['KV', 'kV'],
  ['MIN', 'min'],
  ['NM', 'Nm'],
] as const)
  exact.set(writing, exact.get(like)!);

/** The unit that a text writes, such as `kWh`, `[°C]`, `m³/h` or `千瓦时`; undefined when it is not known. */
export function parseUnit(text: string): KnownUnit | undefined {
  const plain = text
    .trim()
    .replace(/^[[(（【{<]\s*(.*?)\s*[\])）】}>]$/, '$1')
    .replace(/（/g, '(')
    .replace(/）/g, ')')
    .trim();
  return exact.get(plain) ?? loose.get(plain.toLowerCase());
}

/** Every unit of the table, for the test that holds it against UCUM. */
export const knownUnits: readonly KnownUnit[] = [...new Set(exact.values())];

export interface HeaderParts {
  /** The header without its unit, underscores as blanks. */
  readonly name: string;
  readonly unitText?: string;
  readonly unit?: KnownUnit;
}

/** Takes the unit out of a header: `Usage_kWh`, `Power [kW]`, `用电量(kWh)`, `Power, kW`, `Power in kW`, `T / °C`. */
export function splitHeader(header: string): HeaderParts {
  const text = header.trim();
  const bracketed = /^(.*?)\s*[[(（【<{]\s*([^[\](（）)【】<>{}]*(?:\([^()]*\))?)\s*[\])）】>}](.*)$/.exec(text);
  if (bracketed !== null) {
    const unit = parseUnit(bracketed[2]!);
    const name = readable(`${bracketed[1]} ${bracketed[3]}`);
    if (unit !== undefined) return { name: name === '' ? readable(text) : name, unitText: bracketed[2]!, unit };
    // Square brackets hold nothing but units; round ones hold remarks too.
    if (/[[【]/.test(text) && bracketed[2] !== '') return { name, unitText: bracketed[2]! };
  }
  const whole = parseUnit(text);
  if (whole !== undefined && text.length > 1 && !/length|duration|angle/.test(whole.quantity))
    return { name: text, unitText: text, unit: whole };
  // Chinese needs no blank between a name and its unit.
  const joined = /^(.*\p{Script=Han})([^\p{Script=Han}]+)$/u.exec(text);
  const unit = joined === null ? undefined : parseUnit(joined[2]!);
  if (joined !== null && unit !== undefined) return { name: readable(joined[1]!), unitText: joined[2]!.trim(), unit };
  // The longest tail that is a unit: `m3/h` is one, though `h` is one too.
  for (const separator of text.matchAll(/\s+in\s+|\s*[,/|:;]\s*|[\s_.-]+/g)) {
    const unitText = text.slice(separator.index + separator[0].length).replace(/\.$/, '');
    const unit = separator.index === 0 ? undefined : parseUnit(unitText);
    // A single letter after a blank or underscore names a phase or a meter more often than a unit.
    if (unit !== undefined && (unitText.length > 1 || /[,|:;]|\s\/\s|in/.test(separator[0])))
      return { name: readable(text.slice(0, separator.index)), unitText, unit };
  }
  return { name: readable(text) };
}

function readable(text: string): string {
  return text
    .replace(/[_\s]+/g, ' ')
    .replace(/(\p{L})\.(?=\p{L})/gu, '$1 ')
    .replace(/[\s.,;:/|-]+$/, '')
    .trim();
}

/**
 * Saturation line and specific enthalpy of steam: regions 4 and 2 of IAPWS R7-97(2012), "Revised Release on the IAPWS
 * Industrial Formulation 1997 for the Thermodynamic Properties of Water and Steam". Its tables are the tests.
 */

/** kJ/(kg K) */
const gasConstant = 0.461526;
const zeroCelsius = 273.15;

/** Where region 2 borders on the saturation line: from the freezing point to 350 Cel. */
export const saturationLimits = {
  temperatureCel: { least: 0, most: 350 },
  /** Absolute. */
  pressureMPa: { least: 0.000_611_3, most: 16.529 },
} as const;
export const mostTemperatureCel = 800;

/** Table 34: n1 to n10 of the saturation line. */
const [n1, n2, n3, n4, n5, n6, n7, n8, n9, n10] = [
  0.116_705_214_527_67e4, -0.724_213_167_032_06e6, -0.170_738_469_400_92e2, 0.120_208_247_024_7e5,
  -0.323_255_503_223_33e7, 0.149_151_086_135_3e2, -0.482_326_573_615_91e4, 0.405_113_405_420_57e6,
  -0.238_555_575_678_49, 0.650_175_348_447_98e3,
] as const;

/** MPa, absolute (equation 30). */
export function saturationPressure(temperatureCel: number): number {
  const kelvin = temperatureCel + zeroCelsius;
  const theta = kelvin + n9 / (kelvin - n10);
  const a = theta ** 2 + n1 * theta + n2;
  const b = n3 * theta ** 2 + n4 * theta + n5;
  const c = n6 * theta ** 2 + n7 * theta + n8;
  return ((2 * c) / (-b + Math.sqrt(b ** 2 - 4 * a * c))) ** 4;
}

/** Cel (equation 31). */
export function saturationTemperature(pressureMPa: number): number {
  const beta = pressureMPa ** 0.25;
  const e = beta ** 2 + n3 * beta + n6;
  const f = n1 * beta ** 2 + n4 * beta + n7;
  const g = n2 * beta ** 2 + n5 * beta + n8;
  const d = (2 * g) / (-f - Math.sqrt(f ** 2 - 4 * e * g));
  return (n10 + d - Math.sqrt((n10 + d) ** 2 - 4 * (n9 + n10 * d))) / 2 - zeroCelsius;
}

/** Table 10: J and n of the ideal part. */
const ideal: readonly (readonly [number, number])[] = [
  [0, -9.6927686500217],
  [1, 10.086655968018],
  [-5, -0.005608791128302],
  [-4, 0.071452738081455],
  [-3, -0.40710498223928],
  [-2, 1.4240819171444],
  [-1, -4.383951131945],
  [2, -0.28408632460772],
  [3, 0.021268463753307],
];

/** Table 11: I, J and n of the residual part. */
const residual: readonly (readonly [number, number, number])[] = [
  [1, 0, -0.0017731742473213],
  [1, 1, -0.017834862292358],
  [1, 2, -0.045996013696365],
  [1, 3, -0.057581259083432],
  [1, 6, -0.05032527872793],
  [2, 1, -3.3032641670203e-5],
  [2, 2, -0.00018948987516315],
  [2, 4, -0.0039392777243355],
  [2, 7, -0.043797295650573],
  [2, 36, -2.6674547914087e-5],
  [3, 0, 2.0481737692309e-8],
  [3, 1, 4.3870667284435e-7],
  [3, 3, -3.227767723857e-5],
  [3, 6, -0.0015033924542148],
  [3, 35, -0.040668253562649],
  [4, 1, -7.8847309559367e-10],
  [4, 2, 1.2790717852285e-8],
  [4, 3, 4.8225372718507e-7],
  [5, 7, 2.2922076337661e-6],
  [6, 3, -1.6714766451061e-11],
  [6, 16, -0.0021171472321355],
  [6, 35, -23.895741934104],
  [7, 0, -5.905956432427e-18],
  [7, 11, -1.2621808899101e-6],
  [7, 25, -0.038946842435739],
  [8, 8, 1.1256211360459e-11],
  [8, 36, -8.2311340897998],
  [9, 13, 1.9809712802088e-8],
  [10, 4, 1.0406965210174e-19],
  [10, 10, -1.0234747095929e-13],
  [10, 14, -1.0018179379511e-9],
  [16, 29, -8.0882908646985e-11],
  [16, 50, 0.10693031879409],
  [18, 57, -0.33662250574171],
  [20, 20, 8.9185845355421e-25],
  [20, 35, 3.0629316876232e-13],
  [20, 48, -4.2002467698208e-6],
  [21, 21, -5.9056029685639e-26],
  [22, 53, 3.7826947613457e-6],
  [23, 39, -1.2768608934681e-15],
  [24, 26, 7.3087610595061e-29],
  [24, 40, 5.5414715350778e-17],
  [24, 58, -9.436970724121e-7],
];

/** kJ/kg of steam in region 2: saturated or superheated, up to 800 Cel (equations 15 to 17). */
export function steamEnthalpy(pressureMPa: number, temperatureCel: number): number {
  const kelvin = temperatureCel + zeroCelsius;
  const tau = 540 / kelvin;
  let slope = 0;
  for (const [j, n] of ideal) slope += n * j * tau ** (j - 1);
  for (const [i, j, n] of residual) slope += n * pressureMPa ** i * j * (tau - 0.5) ** (j - 1);
  return tau * slope * gasConstant * kelvin;
}

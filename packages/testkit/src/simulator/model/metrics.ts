import type { DisplayName, PointKind } from './plant-description.ts';

/** What a metric is, wherever it is measured. */
export interface Metric {
  readonly displayName: DisplayName;
  readonly unit: string;
  readonly kind: PointKind;
  readonly carrier?: string;
  readonly quantity: string;
  readonly intervalMs: number;
  readonly decimals: number;
}

const fast = 10_000;
const minute = 60_000;

function metric(
  en: string,
  zh: string,
  unit: string,
  kind: PointKind,
  quantity: string,
  intervalMs: number,
  decimals: number,
  carrier?: string,
): Metric {
  return { displayName: { en, zh }, unit, kind, quantity, intervalMs, decimals, ...(carrier && { carrier }) };
}

export const metrics = {
  'active-energy': metric('Active energy', '有功电能', 'kW.h', 'counter', 'energy', minute, 2, 'electricity'),
  'active-power': metric('Active power', '有功功率', 'kW', 'gauge', 'power', fast, 2, 'electricity'),
  'reactive-energy-lagging': metric(
    'Reactive energy, lagging',
    '感性无功电能',
    'kvar.h',
    'counter',
    'reactive-energy-lagging',
    minute,
    2,
    'electricity',
  ),
  'reactive-energy-leading': metric(
    'Reactive energy, leading',
    '容性无功电能',
    'kvar.h',
    'counter',
    'reactive-energy-leading',
    minute,
    2,
    'electricity',
  ),
  'reactive-power': metric('Reactive power', '无功功率', 'kvar', 'gauge', 'reactive-power', fast, 2, 'electricity'),
  'power-factor': metric('Power factor', '功率因数', '1', 'gauge', 'power-factor', fast, 4, 'electricity'),
  'current-l1': metric('Current L1', 'A相电流', 'A', 'gauge', 'current', fast, 2, 'electricity'),
  'current-l2': metric('Current L2', 'B相电流', 'A', 'gauge', 'current', fast, 2, 'electricity'),
  'current-l3': metric('Current L3', 'C相电流', 'A', 'gauge', 'current', fast, 2, 'electricity'),
  'voltage-l1': metric('Voltage L1-N', 'A相电压', 'V', 'gauge', 'voltage', fast, 1, 'electricity'),
  'voltage-l2': metric('Voltage L2-N', 'B相电压', 'V', 'gauge', 'voltage', fast, 1, 'electricity'),
  'voltage-l3': metric('Voltage L3-N', 'C相电压', 'V', 'gauge', 'voltage', fast, 1, 'electricity'),
  'oil-temperature': metric('Oil temperature', '油温', 'Cel', 'gauge', 'temperature', minute, 1),
  pressure: metric('Pressure', '压力', 'bar', 'gauge', 'pressure', fast, 3, 'compressed-air'),
  'air-flow': metric('Air flow', '压缩空气流量', 'm3/h', 'gauge', 'flow', fast, 2, 'compressed-air'),
  'air-volume': metric('Compressed-air volume', '压缩空气量', 'm3', 'counter', 'volume', minute, 1, 'compressed-air'),
  'running-hours': metric('Running hours', '运行小时', 'h', 'counter', 'running-time', minute, 3),
  vibration: metric('Vibration velocity, RMS', '振动速度有效值', 'mm/s', 'gauge', 'vibration', fast, 3),
  'bearing-temperature': metric('Bearing temperature', '轴承温度', 'Cel', 'gauge', 'temperature', 30_000, 2),
  'cooling-power': metric('Cooling power', '制冷功率', 'kW', 'gauge', 'power', fast, 2, 'cooling'),
  'supply-temperature': metric('Supply temperature', '供水温度', 'Cel', 'gauge', 'temperature', 30_000, 2),
  'return-temperature': metric('Return temperature', '回水温度', 'Cel', 'gauge', 'temperature', 30_000, 2),
  temperature: metric('Temperature', '温度', 'Cel', 'gauge', 'temperature', fast, 1),
  'gas-volume': metric('Gas volume', '天然气量', 'm3', 'counter', 'volume', minute, 2, 'natural-gas'),
  'gas-flow': metric('Gas flow', '天然气流量', 'm3/h', 'gauge', 'flow', fast, 2, 'natural-gas'),
  'water-volume': metric('Water volume', '用水量', 'm3', 'counter', 'volume', minute, 3, 'water'),
  'water-flow': metric('Water flow', '水流量', 'm3/h', 'gauge', 'flow', fast, 2, 'water'),
  'steam-mass': metric('Steam mass', '蒸汽量', 't', 'counter', 'mass', minute, 3, 'steam'),
  'steam-flow': metric('Steam flow', '蒸汽流量', 't/h', 'gauge', 'flow', fast, 3, 'steam'),
  'product-count': metric('Parts produced', '产量(件)', '{part}', 'counter', 'production', minute, 0),
  'product-mass': metric('Steel produced', '钢产量', 't', 'counter', 'production', minute, 2),
  scrap: metric('Parts scrapped', '废品数', '{part}', 'delta', 'scrap', 900_000, 0),
  state: metric('State: 0 off, 1 idle, 2 running', '状态: 0停 1待机 2运行', '1', 'gauge', 'state', fast, 0),
  'ambient-temperature': metric('Outdoor temperature', '室外温度', 'Cel', 'gauge', 'temperature', 300_000, 2),
  humidity: metric('Relative humidity', '相对湿度', '%', 'gauge', 'humidity', 300_000, 1),
} as const satisfies Record<string, Metric>;

export type MetricKey = keyof typeof metrics;

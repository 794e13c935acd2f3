import { arcFurnace } from '../assets/arc-furnace.ts';
import { compressedAir } from '../assets/compressed-air.ts';
import { gasFurnace } from '../assets/gas-burner.ts';
import { machineLine } from '../assets/machine-line.ts';
import { pump } from '../assets/pump.ts';
import { transformer } from '../assets/transformer.ts';
import { steamMeter, waterMeter } from '../assets/utility-meter.ts';
import { weatherStation } from '../assets/weather-station.ts';
import { area, identity, line, type SiteFacts, type SiteModel, type SiteSettings, siteContext } from './site-model.ts';

const everyDay = [1, 2, 3, 4, 5, 6, 7];

export const qingdaoFacts: SiteFacts = {
  key: 'qingdao',
  displayName: { en: 'Qingdao Steel', zh: '青岛钢铁' },
  timeZone: 'Asia/Shanghai',
  country: 'CN',
  latitude: 36.07,
  longitude: 120.38,
  shifts: [
    { name: 'Early', start: '07:00', end: '15:00', weekdays: everyDay },
    { name: 'Late', start: '15:00', end: '23:00', weekdays: everyDay },
    { name: 'Night', start: '23:00', end: '07:00', weekdays: everyDay },
  ],
  // A furnace line does not stop for a holiday, but it runs thinner.
  holidayFactor: 0.6,
  climate: { meanCelsius: 13.2, seasonCelsius: 13, daySwingCelsius: 3.5 },
};

/** A mini mill: arc furnace, reheating furnace, rolling mill, with two transformers. */
export function qingdao(settings: SiteSettings): SiteModel {
  const site = siteContext(qingdaoFacts, settings);
  const furnace = arcFurnace(site, identity('arc-furnace', 'Electric arc furnace', '电弧炉', 'opcua'), {
    ratedPowerKilowatt: 52_000,
    tonnesPerHeat: 80,
  });
  const mill = machineLine(site, identity('rolling-mill', 'Rolling mill', '轧机', 'sparkplug'), {
    ratedPowerKilowatt: 7_500,
    standbyPowerKilowatt: 900,
    outputPerHour: 95,
    output: 'product-mass',
    scrapShare: 0,
  });
  const reheating = gasFurnace(
    site,
    identity('reheating-furnace', 'Reheating furnace', '加热炉', 'opcua'),
    { ratedGasCubicMetrePerHour: 3_600, fanPowerKilowatt: 320, setTemperatureCelsius: 1210 },
    mill.activity,
  );
  const air = compressedAir(
    site,
    {
      everydayLeakCubicMetrePerHour: 420,
      users: [
        { activity: mill.activity, cubicMetrePerHour: 3_400 },
        { activity: furnace.activity, cubicMetrePerHour: 1_900 },
      ],
    },
    [1, 2].map((number) => ({
      identity: identity(`compressor-${number}`, `Compressor ${number}`, `${number}号空压机`, 'opcua'),
      ratedPowerKilowatt: 400,
      ratedFlowCubicMetrePerHour: 4_000,
    })),
    identity('air-meter', 'Compressed-air meter', '压缩空气表', 'modbus'),
  );
  const pumps = [1, 2].map((number) =>
    pump(
      site,
      identity(`cooling-pump-${number}`, `Cooling-water pump ${number}`, `${number}号冷却水泵`, 'opcua'),
      { ratedPowerKilowatt: 160, ratedFlowCubicMetrePerHour: 1_100 },
      furnace.activity,
    ),
  );
  const meltTransformer = transformer(
    site,
    identity('transformer-1', 'Transformer 1, melt shop', '1号变压器(炼钢)', 'modbus'),
    {
      ratedPowerKilovoltampere: 75_000,
      ratedVoltageVolt: 35_000,
      noLoadLossKilowatt: 42,
      loadLossKilowatt: 310,
      unmeteredKilowatt: 240,
      reactivePerActive: 0.55,
      capacitorKilovar: 6_000,
    },
    [furnace, ...pumps],
  );
  const millTransformer = transformer(
    site,
    identity('transformer-2', 'Transformer 2, rolling mill', '2号变压器(轧钢)', 'modbus'),
    {
      ratedPowerKilovoltampere: 16_000,
      ratedVoltageVolt: 10_000,
      noLoadLossKilowatt: 13,
      loadLossKilowatt: 72,
      unmeteredKilowatt: 180,
      reactivePerActive: 0.48,
      capacitorKilovar: 1_400,
    },
    [mill, reheating, ...air.compressors],
  );
  const water = { base: 35, process: 60, perWarmDegree: 2.4 };
  const steam = { base: 0.6, process: 5.5, perColdDegree: 0.14 };
  return {
    facts: qingdaoFacts,
    transformers: [meltTransformer, millTransformer],
    areas: [
      area('melt-shop', 'Melt shop', '炼钢车间', [
        line('furnace-line', 'Arc furnace line', '电弧炉生产线', [furnace]),
        line('cooling-water', 'Cooling water', '冷却水系统', pumps),
      ]),
      area('rolling-shop', 'Rolling shop', '轧钢车间', [line('bar-line', 'Bar line', '棒材生产线', [reheating, mill])]),
      area('utilities', 'Utilities', '公辅', [
        line('power-supply', 'Power supply', '供配电', [meltTransformer, millTransformer]),
        line('compressed-air', 'Compressed air', '压缩空气站', [...air.compressors, air.meter]),
        line('water-and-steam', 'Water and steam', '水和蒸汽', [
          waterMeter(site, identity('water-meter', 'Water meter', '水表', 'modbus'), water, furnace.activity),
          steamMeter(site, identity('steam-meter', 'Steam meter', '蒸汽表', 'modbus'), steam, mill.activity),
        ]),
        line('weather', 'Weather', '气象', [
          weatherStation(site, identity('weather-station', 'Weather station', '气象站', 'sparkplug')),
        ]),
      ]),
    ],
  };
}

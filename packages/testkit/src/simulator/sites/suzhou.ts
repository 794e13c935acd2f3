import { chiller } from '../assets/chiller.ts';
import { compressedAir } from '../assets/compressed-air.ts';
import { machineLine } from '../assets/machine-line.ts';
import { pump } from '../assets/pump.ts';
import { transformer } from '../assets/transformer.ts';
import { waterMeter } from '../assets/utility-meter.ts';
import { weatherStation } from '../assets/weather-station.ts';
import { area, identity, line, type SiteFacts, type SiteModel, type SiteSettings, siteContext } from './site-model.ts';

const mondayToSaturday = [1, 2, 3, 4, 5, 6];

export const suzhouFacts: SiteFacts = {
  key: 'suzhou',
  displayName: { en: 'Suzhou Components', zh: '苏州零部件' },
  timeZone: 'Asia/Shanghai',
  country: 'CN',
  latitude: 31.3,
  longitude: 120.62,
  shifts: [
    { name: 'Early', start: '06:30', end: '14:30', weekdays: mondayToSaturday },
    { name: 'Late', start: '14:30', end: '22:30', weekdays: mondayToSaturday },
  ],
  holidayFactor: 0,
  climate: { meanCelsius: 17, seasonCelsius: 12.5, daySwingCelsius: 4 },
};

/** Machined parts: two lines, much compressed air, warm summers. */
export function suzhou(settings: SiteSettings): SiteModel {
  const site = siteContext(suzhouFacts, settings);
  const turning = machineLine(site, identity('turning-line', 'Turning line', '车削线', 'sparkplug'), {
    ratedPowerKilowatt: 420,
    standbyPowerKilowatt: 70,
    outputPerHour: 360,
    output: 'product-count',
    scrapShare: 0.012,
  });
  const grinding = machineLine(site, identity('grinding-line', 'Grinding line', '磨削线', 'sparkplug'), {
    ratedPowerKilowatt: 310,
    standbyPowerKilowatt: 55,
    outputPerHour: 290,
    output: 'product-count',
    scrapShare: 0.018,
  });
  const air = compressedAir(
    site,
    {
      everydayLeakCubicMetrePerHour: 130,
      users: [
        { activity: turning.activity, cubicMetrePerHour: 640 },
        { activity: grinding.activity, cubicMetrePerHour: 520 },
      ],
    },
    [1, 2].map((number) => ({
      identity: identity(`compressor-${number}`, `Compressor ${number}`, `${number}号空压机`, 'opcua'),
      ratedPowerKilowatt: 90,
      ratedFlowCubicMetrePerHour: 820,
    })),
    identity('air-meter', 'Compressed-air meter', '压缩空气表', 'modbus'),
  );
  const chilledWater = chiller(
    site,
    identity('chiller-1', 'Chiller 1', '1号冷水机', 'opcua'),
    { ratedCoolingKilowatt: 900, processCoolingKilowatt: 220 },
    turning.activity,
  );
  const coolantPump = pump(
    site,
    identity('coolant-pump-1', 'Coolant pump 1', '1号切削液泵', 'opcua'),
    { ratedPowerKilowatt: 37, ratedFlowCubicMetrePerHour: 180 },
    grinding.activity,
  );
  const supply = transformer(
    site,
    identity('transformer-1', 'Transformer 1', '1号变压器', 'modbus'),
    {
      ratedPowerKilovoltampere: 2_000,
      ratedVoltageVolt: 400,
      noLoadLossKilowatt: 2.1,
      loadLossKilowatt: 16,
      unmeteredKilowatt: 85,
      reactivePerActive: 0.5,
      capacitorKilovar: 110,
    },
    [turning, grinding, ...air.compressors, chilledWater, coolantPump],
  );
  const water = { base: 0.8, process: 6, perWarmDegree: 0.35 };
  return {
    facts: suzhouFacts,
    transformers: [supply],
    areas: [
      area('machining', 'Machining', '机加工车间', [
        line('turning', 'Turning', '车削', [turning]),
        line('grinding', 'Grinding', '磨削', [grinding, coolantPump]),
      ]),
      area('utilities', 'Utilities', '公辅', [
        line('power-supply', 'Power supply', '供配电', [supply]),
        line('compressed-air', 'Compressed air', '压缩空气站', [...air.compressors, air.meter]),
        line('cooling', 'Cooling', '制冷', [chilledWater]),
        line('water', 'Water', '给水', [
          waterMeter(site, identity('water-meter', 'Water meter', '水表', 'modbus'), water, turning.activity),
        ]),
        line('weather', 'Weather', '气象', [
          weatherStation(site, identity('weather-station', 'Weather station', '气象站', 'sparkplug')),
        ]),
      ]),
    ],
  };
}

import { chiller } from '../assets/chiller.ts';
import { compressedAir } from '../assets/compressed-air.ts';
import { boiler } from '../assets/gas-burner.ts';
import { machineLine } from '../assets/machine-line.ts';
import { pump } from '../assets/pump.ts';
import { transformer } from '../assets/transformer.ts';
import { waterMeter } from '../assets/utility-meter.ts';
import { weatherStation } from '../assets/weather-station.ts';
import { area, identity, line, type SiteFacts, type SiteModel, type SiteSettings, siteContext } from './site-model.ts';

const mondayToFriday = [1, 2, 3, 4, 5];

export const hamburgFacts: SiteFacts = {
  key: 'hamburg',
  displayName: { en: 'Hamburg Assembly', zh: '汉堡总装' },
  timeZone: 'Europe/Berlin',
  country: 'DE',
  latitude: 53.55,
  longitude: 9.99,
  shifts: [
    { name: 'Early', start: '06:00', end: '14:00', weekdays: mondayToFriday },
    { name: 'Late', start: '14:00', end: '22:00', weekdays: mondayToFriday },
  ],
  holidayFactor: 0,
  climate: { meanCelsius: 10, seasonCelsius: 8.8, daySwingCelsius: 3.5 },
};

/** Assembly: two lines, gas heating; its clocks change in March and October. */
export function hamburg(settings: SiteSettings): SiteModel {
  const site = siteContext(hamburgFacts, settings);
  const gearbox = machineLine(site, identity('gearbox-line', 'Gearbox line', '变速箱装配线', 'sparkplug'), {
    ratedPowerKilowatt: 180,
    standbyPowerKilowatt: 30,
    outputPerHour: 42,
    output: 'product-count',
    scrapShare: 0.02,
  });
  const testing = machineLine(site, identity('test-line', 'End-of-line test', '终检线', 'sparkplug'), {
    ratedPowerKilowatt: 260,
    standbyPowerKilowatt: 40,
    outputPerHour: 40,
    output: 'product-count',
    scrapShare: 0.03,
  });
  const air = compressedAir(
    site,
    {
      everydayLeakCubicMetrePerHour: 55,
      users: [
        { activity: gearbox.activity, cubicMetrePerHour: 260 },
        { activity: testing.activity, cubicMetrePerHour: 90 },
      ],
    },
    [
      {
        identity: identity('compressor-1', 'Compressor 1', '1号空压机', 'sparkplug'),
        ratedPowerKilowatt: 75,
        ratedFlowCubicMetrePerHour: 640,
      },
    ],
    identity('air-meter', 'Compressed-air meter', '压缩空气表', 'modbus'),
  );
  const chilledWater = chiller(
    site,
    identity('chiller-1', 'Chiller 1', '1号冷水机', 'sparkplug'),
    { ratedCoolingKilowatt: 420, processCoolingKilowatt: 110 },
    testing.activity,
  );
  const heatingPump = pump(
    site,
    identity('heating-pump-1', 'Heating pump 1', '1号供暖泵', 'sparkplug'),
    { ratedPowerKilowatt: 11, ratedFlowCubicMetrePerHour: 60 },
    gearbox.activity,
  );
  const heating = boiler(
    site,
    identity('boiler-1', 'Boiler 1', '1号锅炉', 'sparkplug'),
    { ratedGasCubicMetrePerHour: 95 },
    gearbox.activity,
  );
  const supply = transformer(
    site,
    identity('transformer-1', 'Transformer 1', '1号变压器', 'modbus'),
    {
      ratedPowerKilovoltampere: 1_000,
      ratedVoltageVolt: 400,
      noLoadLossKilowatt: 1.1,
      loadLossKilowatt: 9,
      unmeteredKilowatt: 60,
      reactivePerActive: 0.46,
      capacitorKilovar: 70,
    },
    [gearbox, testing, ...air.compressors, chilledWater, heatingPump],
  );
  const water = { base: 0.3, process: 2.2, perWarmDegree: 0.1 };
  return {
    facts: hamburgFacts,
    transformers: [supply],
    areas: [
      area('assembly', 'Assembly', '总装车间', [
        line('gearbox', 'Gearbox', '变速箱', [gearbox]),
        line('end-of-line', 'End of line', '终检', [testing]),
      ]),
      area('utilities', 'Utilities', '公辅', [
        line('power-supply', 'Power supply', '供配电', [supply]),
        line('compressed-air', 'Compressed air', '压缩空气站', [...air.compressors, air.meter]),
        line('heating-and-cooling', 'Heating and cooling', '供暖与制冷', [heating, heatingPump, chilledWater]),
        line('water', 'Water', '给水', [
          waterMeter(site, identity('water-meter', 'Water meter', '水表', 'modbus'), water, gearbox.activity),
        ]),
        line('weather', 'Weather', '气象', [
          weatherStation(site, identity('weather-station', 'Weather station', '气象站', 'sparkplug')),
        ]),
      ]),
    ],
  };
}

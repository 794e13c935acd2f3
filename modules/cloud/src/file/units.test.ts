import ucum from '@lhncbc/ucum-lhc';
import { describe, expect, it } from 'vitest';
import { describeColumn } from './describe-column.ts';
import { knownUnits, parseUnit, splitHeader } from './units.ts';

describe('units', () => {
  it('gives only codes that UCUM knows', () => {
    const utils = ucum.UcumLhcUtils.getInstance();
    const invalid = knownUnits.filter(({ ucum: code }) => utils.validateUnitString(code).status !== 'valid');
    expect(invalid).toEqual([]);
  });

  it.each([
    ['kWh', 'kW.h'],
    ['KWH', 'kW.h'],
    ['[kWh]', 'kW.h'],
    ['千瓦时', 'kW.h'],
    ['度', 'kW.h'],
    ['万kWh', '10*4.kW.h'],
    ['kVarh', 'kV.A.h'],
    ['MW', 'MW'],
    ['MPa', 'MPa'],
    ['m³/h', 'm3/h'],
    ['Nm³', 'm3'],
    ['℃', 'Cel'],
    ['（℃）', 'Cel'],
    ['吨', 't'],
    ['rpm', '{rev}/min'],
    ['%', '%'],
  ])('reads %s as %s', (text, code) => {
    expect(parseUnit(text)?.ucum).toBe(code);
  });

  it.each(['mW', 'furlong', 'gr', '', 'date'])('does not know %j', (text) => {
    expect(parseUnit(text)).toBeUndefined();
  });

  it.each([
    ['Usage_kWh', 'Usage', 'kW.h'],
    ['Power [kW]', 'Power', 'kW'],
    ['Power (kW)', 'Power', 'kW'],
    ['Power, kW', 'Power', 'kW'],
    ['Power / kW', 'Power', 'kW'],
    ['Leistung in kW', 'Leistung', 'kW'],
    ['用电量(kWh)', '用电量', 'kW.h'],
    ['有功功率（kW）', '有功功率', 'kW'],
    ['Air temperature [K]', 'Air temperature', 'K'],
    ['energy.total.kwh', 'energy total', 'kW.h'],
    ['CO2.tCO2.', 'CO2', 't'],
    ['Druck [bar(g)]', 'Druck', 'bar'],
    ['kWh', 'kWh', 'kW.h'],
    ['min', 'min', undefined],
    ['电压V', '电压', 'V'],
    ['电量kWh', '电量', 'kW.h'],
    ['Phase A', 'Phase A', undefined],
    ['Machine failure', 'Machine failure', undefined],
    ['Power (main feeder)', 'Power (main feeder)', undefined],
    ['meter_1_V', 'meter 1 V', undefined],
  ])('takes %s apart', (header, name, code) => {
    const parts = splitHeader(header);
    expect([parts.name, parts.unit?.ucum]).toEqual([name, code]);
  });

  it('takes one letter for a unit only where the words fit it', () => {
    expect(describeColumn('Water t')).toMatchObject({ name: 'Water', unit: 't', carrier: 'water' });
    expect(describeColumn('Voltage V')).toMatchObject({ name: 'Voltage', unit: 'V' });
    expect(describeColumn('Phase A').unit).toBeUndefined();
  });

  it('keeps a unit in square brackets that it does not know, and says so', () => {
    expect(describeColumn('Flow [furlong]')).toMatchObject({
      name: 'Flow',
      unitText: 'furlong',
      quantity: 'volume-flow',
    });
    expect(describeColumn('Flow [furlong]').reasons[0]?.text).toBe('the unit "furlong" is not known');
  });
});

describe('what a header says', () => {
  it.each([
    ['Usage_kWh', 'electricity', 'energy'],
    ['Wirkleistung [kW]', 'electricity', 'power'],
    ['Erdgas m³', 'natural-gas', 'volume'],
    ['天然气用量(m3)', 'natural-gas', 'volume'],
    ['蒸汽流量(t/h)', 'steam', 'mass-flow'],
    ['蒸汽(t)', 'steam', 'mass'],
    ['自来水(吨)', 'water', 'mass'],
    ['Druckluft [m3/h]', 'compressed-air', 'volume-flow'],
    ['压缩空气流量 m3/min', 'compressed-air', 'volume-flow'],
    ['Wärmemenge MWh', 'heat', 'energy'],
    ['功率因数', 'electricity', 'power-factor'],
    ['cos phi', 'electricity', 'power-factor'],
    ['无功电量(kvarh)', 'electricity', 'reactive-energy-lagging'],
    ['Leading_Current_Reactive_Power_kVarh', 'electricity', 'reactive-energy-leading'],
    ['Blindleistung kvar', 'electricity', 'reactive-power'],
    ['Cooling water temperature °C', undefined, 'temperature'],
    ['電壓(V)', undefined, 'voltage'],
    ['Strom L1 [A]', undefined, 'current'],
    ['Gasdruck [mbar]', undefined, 'pressure'],
    ['产量(吨)', undefined, 'production'],
    ['value', undefined, undefined],
  ])('%s: carrier %s, quantity %s', (header, carrier, quantity) => {
    const described = describeColumn(header);
    expect([described.carrier, described.quantity]).toEqual([carrier, quantity]);
    expect(described.reasons.length).toBeGreaterThan(0);
  });
});

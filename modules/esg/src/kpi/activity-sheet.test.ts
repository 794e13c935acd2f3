import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../tables/csv.ts';
import { writeXlsx } from '../tables/table.ts';
import { activityFromCells, activityTemplate, readActivityFile } from './activity-sheet.ts';
import { kpiTable } from './kpi-table.ts';

const example = (name: string) => readFileSync(new URL(`../../examples/${name}`, import.meta.url));

describe('activity data as a file', () => {
  it('gives the same table from JSON, CSV and XLSX', async () => {
    const csv = example('activity-2023.csv');
    const xlsx = await writeXlsx([{ name: 'Activity', rows: parseCsv(csv.toString()) }]);
    const tables = await Promise.all(
      [example('activity-2023.json'), csv, xlsx].map(async (bytes) => kpiTable(await readActivityFile(bytes)).years),
    );
    expect(tables[0]?.['2023']?.ghgTotal_tCO2e).toBe('531.57');
    expect(tables[0]?.['2022']?.ghgTotal_tCO2e).toBe('586.86');
    expect(tables[1]).toEqual(tables[0]);
    expect(tables[2]).toEqual(tables[0]);
  });

  it('has an example with fuels, steam and certificates', async () => {
    const { exact } = kpiTable(await readActivityFile(example('activity-plant.json')));
    // 50,000 m3 × 35.2 MJ/m3 is 1.76 TJ of gas, 2,000 L of diesel are 0.07224 TJ; 1,250 MWh × 0.5306 and 820 GJ × 0.11.
    expect(exact['2023']).toMatchObject({
      ghgScope1_tCO2e: '104.184904',
      ghgScope2_tCO2e: '753.45',
      ghgScope2Market_tCO2e: '669.32',
    });
  });

  it('keeps its example file equal to the template', () => {
    expect(example('activity-2023.csv').toString()).toBe(activityTemplate());
  });

  it('reads fuels and certificates from rows', () => {
    const cells = parseCsv(
      [
        'year,kind,item,site,quantity,unit,calorificValue,calorificUnit,registry,vintage,region,evidence',
        '2023,certificate,C1,Works,10,MWh,,,CN-GEC,2023,CN,c1.pdf',
        '2023,electricity,,Works,100,MWh,,,,,,',
        '2023,fuel,natural-gas,Works,1000,m3,35.2,MJ/m3,,,,',
      ].join('\n'),
    );
    expect(activityFromCells(cells)).toEqual({
      years: {
        '2023': {
          electricity: [
            {
              site: 'Works',
              quantity: '100',
              unit: 'MWh',
              certificates: [
                {
                  id: 'C1',
                  MWh: '10',
                  registry: 'CN-GEC',
                  vintage: '2023',
                  region: 'CN',
                  evidence: { reference: 'c1.pdf' },
                },
              ],
            },
          ],
          fuels: [
            {
              site: 'Works',
              quantity: '1000',
              unit: 'm3',
              fuel: 'natural-gas',
              netCalorificValue: { value: '35.2', unit: 'MJ/m3' },
            },
          ],
        },
      },
    });
  });

  it('reads Chinese names of columns, kinds and units, in GB18030 as in UTF-8 with a mark', async () => {
    const gb18030 = Buffer.from(
      'c4eab7dd2cc0e0b1f02ccafdc1bf2cb5a5cebb0a323032332cb5e7c1a62c3933322e30382cd5d7cddfcab10a323032332ccbae2c323731312cb6d60a323032332cbda8d6fec3e6bbfd2c31393030302cc6bdb7bdc3d70a',
      'hex',
    );
    const text =
      '\uFEFF年度,種類,數量,單位\n2023,用電,932.08,兆瓦時\n2023,用水,2711,噸\n2023,樓地板面積,19000,平方公尺\n';
    for (const bytes of [gb18030, new TextEncoder().encode(text)])
      expect(kpiTable(await readActivityFile(bytes)).years['2023']).toMatchObject({
        ...{ ghgTotal_tCO2e: '531.57', energyTotal_MWh: '932.08', waterTotal_t: '2,711' },
        energyIntensity_MWh_per_m2: '0.05',
      });
  });

  it('lists every bad row', () => {
    const text =
      'year,kind,quantity,unit\n23,water,1,t\n2023,oil,1,t\n2023,water,many,t\n2023,water,1,L\n2023,certificate,1,MWh\n';
    expect(() => activityFromCells(parseCsv(text))).toThrow(
      /5 problem[\s\S]*row 2[\s\S]*row 3[\s\S]*row 4[\s\S]*row 5[\s\S]*row 6/,
    );
  });

  it('says what is wrong with a file that is no activity data', async () => {
    const read = (text: string) => readActivityFile(new TextEncoder().encode(text));
    await expect(read('{"years":')).rejects.toThrow(expect.objectContaining({ code: 'ESG_TABLE_UNREADABLE' }));
    await expect(read('a,b\n1,2\n')).rejects.toThrow(expect.objectContaining({ code: 'ESG_TABLE_COLUMNS_WRONG' }));
    await expect(read('')).rejects.toThrow(expect.objectContaining({ code: 'ESG_TABLE_COLUMNS_WRONG' }));
  });
});

import { expect, it } from 'vitest';
import { registersFromCsv } from './register-map-csv.ts';

it('reads a map with protocol addresses or data sheet numbers', () => {
  const registers = registersFromCsv(
    'Key;Name;Function;Address;Type;Word Order;Scale;Unit\np;Power;input;12;float32;little;0.001;kW\ne;Energy;;40101;uint32;;;kWh\n',
  );
  expect(registers).toMatchObject([
    {
      key: 'p',
      name: 'Power',
      function: 'input',
      address: 12,
      type: 'float32',
      wordOrder: 'little',
      scale: 0.001,
      unit: 'kW',
    },
    { key: 'e', function: 'holding', address: 100, type: 'uint32', wordOrder: 'big', scale: 1 },
  ]);
});

it('names every bad line at once', () => {
  expect(() => registersFromCsv('key,function,address,type\na,holding,x,uint16\nb,nowhere,1,uint16\n')).toThrow(
    /2 problem\(s\):\n {2}- line 2: address.*\n {2}- line 3: function/,
  );
});

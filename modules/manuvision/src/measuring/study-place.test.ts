import { expect, it } from 'vitest';
import { placesInDataset } from './study-place.ts';

const places = (pictures: readonly (readonly [fileName: string, group?: string])[]) =>
  placesInDataset(pictures.map(([fileName, group = fileName]) => ({ fileName, group }))).map(
    ({ part, operator }) => `${part} by ${operator}`,
  );

it('part and operator are folders, below those that all pictures lie in', () => {
  expect(places([['PART/ann/1.png'], ['OTHER/bo/1.png']])).toEqual(['PART by ann', 'OTHER by bo']);
  expect(places([['day/shots/1/ann/1.png'], ['day/shots/2/ann/1.png']])).toEqual(['1 by ann', '2 by ann']);
  expect(places([['shots/1/1.png'], ['shots/2/1.png']])).toEqual(['1 by one', '2 by one']);
});

it('a group is the part, or says the operator as well', () => {
  expect(
    places([
      ['1.png', 'cap 7'],
      ['bo/1.png', 'cap 7'],
    ]),
  ).toEqual(['cap 7 by one', 'cap 7 by bo']);
  expect(
    places([
      ['1.png', 'cap 7/ann'],
      ['x/2.png', 'cap 8/bo'],
    ]),
  ).toEqual(['cap 7 by ann', 'cap 8 by bo']);
});

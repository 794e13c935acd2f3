import type { Note } from '@millwright/kernel';
import { guessNotes } from './guess-notes.ts';
import { type HeaderParts, type KnownUnit, parseUnit, splitHeader } from './units.ts';

export interface ColumnDescription {
  readonly name: string;
  readonly unit?: string;
  readonly unitText?: string;
  readonly carrier?: string;
  readonly quantity?: string;
  /** How each of them was found, as half sentences. */
  readonly reasons: readonly Note[];
}

type Rule = readonly [value: string, words: RegExp];

/** English, German, Chinese (both scripts). The first that fits is taken, so the narrower ones come first. */
const carriers: readonly Rule[] = [
  ['compressed-air', /compressed.?air|druckluft|压缩空气|壓縮空氣|空压|空壓/i],
  ['natural-gas', /natural.?gas|erdgas|天然气|天然氣|燃气|燃氣|\bgas\b|gasverbrauch|gaszähler/i],
  ['steam', /\bsteam\b|dampf|蒸汽|蒸氣/i],
  ['cooling', /chilled|cooling.?energy|kälte|冷量|供冷/i],
  ['heat', /\bheat(?:ing)?\b(?!.*(?:rate|dissip))|wärme|热量|熱量|供热|供熱|热力/i],
  ['water', /\bwater\b|wasser|用水|自来水|自來水|水量|水表/i],
  ['electricity', /electric|strom|\bpower\b|elektr|用电|用電|电量|電量|电能|電能|有功|无功|無功|电表|電表|usage/i],
];

const quantities: readonly Rule[] = [
  ['power-factor', /power.?factor|cos.?(?:φ|phi)|leistungsfaktor|功率因[数數素]|\bpf\b/i],
  ['reactive-energy-leading', /leading.*reactive|reactive.*leading|capacitive|kapazitiv|超前.*无功|无功.*超前|容性/i],
  ['reactive-energy-lagging', /lagging.*reactive|reactive.*lagging|inductive|induktiv|滞后.*无功|无功.*滞后|感性/i],
  ['reactive-power', /reactive.?power|blindleistung|无功功率|無功功率/i],
  ['reactive-energy-lagging', /reactive|blindarbeit|blindenergie|无功|無功/i],
  ['apparent-power', /apparent.?power|scheinleistung|视在功率|視在功率/i],
  ['temperature', /temp|温度|溫度|wärmegrad|thermocouple/i],
  ['pressure', /pressure|druck(?!luft)|压力|壓力|气压/i],
  ['humidity', /humid|feuchte|湿度|濕度/i],
  ['voltage', /volt|spannung|电压|電壓/i],
  ['production', /production|output|produktion|stückzahl|产量|產量|产出/i],
  ['energy', /energy|energie|arbeit|consumption|verbrauch|usage|用电量|用電量|电量|電量|电能|電能|能耗/i],
  ['volume-flow', /flow|durchfluss|流量/i],
  ['power', /\bpower\b|leistung|功率|\bload\b|\blast\b|负荷|負荷|demand/i],
  ['rotational-speed', /rotation|rpm|drehzahl|转速|轉速/i],
  ['torque', /torque|drehmoment|扭矩/i],
  ['frequency', /frequen|频率|頻率/i],
  ['acceleration', /accelero|accelerat|vibration|beschleunigung|schwingung|加速度|振动|振動/i],
  ['current', /current(?!.*(?:reactive|factor))|strom(?:stärke)|电流|電流/i],
  ['emissions', /co2|emission|二氧化碳|碳排放/i],
  ['level', /level|füllstand|液位|料位/i],
  ['speed', /speed|geschwindigkeit|速度/i],
];

/** Kinds of quantity that only electricity has. */
const electrical = /^(?:reactive|apparent|power-factor|voltage|current$|frequency)/;
const energetic = /^(?:kW\.h|W\.h|MW\.h|GW\.h|10\*4\.kW\.h|kW|W|MW)$/;

/** What a header says of its column: name, unit, carrier, quantity. `unitText` is the unit from elsewhere, if any. */
export function describeColumn(header: string, unitText?: string): ColumnDescription {
  const parts = withOneLetter(splitHeader(header));
  const written = parts.unitText ?? unitText;
  const unit = parts.unit ?? (unitText === undefined ? undefined : parseUnit(unitText));
  const reasons: Note[] = [];
  const quantity = quantityOf(parts.name, unit, reasons);
  const carrier = carrierOf(parts.name, unit, quantity, reasons);
  if (unit !== undefined) reasons.unshift(unitNote(written ?? '', unit));
  else if (written !== undefined) reasons.unshift(guessNotes['unit-unknown']({ text: written }));
  else reasons.unshift(guessNotes['no-unit']());
  return {
    name: parts.name,
    ...(unit === undefined ? {} : { unit: unit.ucum }),
    ...(written === undefined ? {} : { unitText: written }),
    ...(carrier === undefined ? {} : { carrier }),
    ...(quantity === undefined ? {} : { quantity }),
    reasons,
  };
}

function unitNote(text: string, { ucum, note }: KnownUnit): Note {
  if (note === undefined) return guessNotes['unit-is']({ text, unit: ucum });
  return guessNotes['unit-is-noted']({ text, unit: ucum, note });
}

/** One letter behind a blank is a unit only if the words before it mean what it measures: `Voltage V`, not `Phase A`. */
function withOneLetter(parts: HeaderParts): HeaderParts {
  const match = parts.unit === undefined && parts.unitText === undefined ? /^(.+) ([A-Za-z])$/.exec(parts.name) : null;
  const unit = match === null ? undefined : parseUnit(match[2]!);
  if (match === null || unit === undefined) return parts;
  const [, name, unitText] = match as unknown as [string, string, string];
  const meant = quantities.some(([quantity, words]) => quantity === unit.quantity && words.test(name));
  const carried = unit.quantity === 'mass' && carriers.some(([, words]) => words.test(name));
  return meant || carried ? { name, unitText, unit } : parts;
}

function quantityOf(name: string, unit: KnownUnit | undefined, reasons: Note[]): string | undefined {
  const word = quantities.find(([, words]) => words.test(name))?.[0];
  const own = unit?.quantity;
  const chosen = refine(word, own);
  if (chosen === undefined) return undefined;
  reasons.push(guessNotes[chosen === word ? 'words-mean' : 'unit-means']({ what: { term: `quantity.${chosen}` } }));
  return chosen;
}

/** The unit says more than the words, unless it fits several quantities. */
function refine(word: string | undefined, own: string | undefined): string | undefined {
  if (own === undefined) return word;
  if (own === 'reactive-energy') return word?.startsWith('reactive-energy') ? word : 'reactive-energy-lagging';
  if (own === 'ratio') return word ?? 'ratio';
  if (own === 'mass' && (word === 'production' || word === 'emissions')) return word;
  if (own === 'duration' || own === 'length') return own;
  return own;
}

function carrierOf(
  name: string,
  unit: KnownUnit | undefined,
  quantity: string | undefined,
  reasons: Note[],
): string | undefined {
  const consumption = ['energy', 'power', 'volume', 'volume-flow', 'mass', 'mass-flow'];
  if (quantity !== undefined && electrical.test(quantity)) {
    if (quantity === 'voltage' || quantity === 'current' || quantity === 'frequency') return undefined;
    reasons.push(guessNotes['is-electric']({ what: { term: `quantity.${quantity}` } }));
    return 'electricity';
  }
  if (quantity === undefined || !consumption.includes(quantity)) return undefined;
  const word = carriers.find(([, words]) => words.test(name))?.[0];
  if (
    word !== undefined &&
    !(word === 'electricity' && ['volume', 'mass', 'volume-flow', 'mass-flow'].includes(quantity))
  ) {
    reasons.push(guessNotes['words-mean']({ what: { term: `carrier.${word}` } }));
    return word;
  }
  if (unit !== undefined && energetic.test(unit.ucum)) {
    reasons.push(guessNotes['mostly-electric']({ unit: unit.ucum }));
    return 'electricity';
  }
  return undefined;
}

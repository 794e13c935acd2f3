import { Budget } from './budget.ts';
import type { Attempt, CodeRead, Spent } from './code-read.ts';
import { type Expected, expectedValues } from './expected.ts';
import { checkedFormats, type Formats, formatsNamed } from './formats.ts';
import type { CodesSettings } from './settings.ts';
import { Votes } from './votes.ts';
import { type Decoded, type DecodeOptions, decode, linearFormats } from './zxing.ts';

/** Of the budget for a pixel that the decoder looks at; measured on one core of a usual machine. */
export const decodeCost = 6e-5;
/** Independent looks that must agree on a value of bars when the picture had to be worked on: their checks are weak. */
const votesForBars = 2;
/** Certainty of bars by the number of lines that agreed, from which a first look is enough: ten lines. */
const sureBars = 0.8;
/** Four lines: fewer are chance too often. */
const fewLines = 0.74;
const unopposedConfidence = 0.5;

const matrixFormats: ReadonlySet<string> = new Set([
  ...[
    'QRCode',
    'QRCodeModel1',
    'QRCodeModel2',
    'MicroQRCode',
    'RMQRCode',
    'DataMatrix',
    'Aztec',
    'AztecCode',
    'AztecRune',
  ],
  ...['PDF417', 'CompactPDF417', 'MicroPDF417', 'MaxiCode', 'AllMatrix'],
]);

/** The reading of one picture: tries, counts, and decides what may be taken. */
export class Reading {
  readonly budget: Budget;
  readonly expected: Expected;
  readonly formats: Formats;
  /** Codes that were found and could not be read, in pixels of the picture. */
  readonly found: CodeRead['corners'][] = [];
  foundAny = false;
  attempts = 0;
  /** Number of the picture that is looked at. */
  frame = 0;
  readonly #votes = new Votes();
  readonly #fewLines: CodeRead[] = [];
  readonly #notTaken = new Set<string>();
  readonly #rescueFormats: Formats;
  readonly #signal: AbortSignal | undefined;

  constructor(settings: CodesSettings, pictures: number, signal?: AbortSignal) {
    this.budget = new Budget(settings.budgetMs * pictures);
    this.expected = expectedValues(settings);
    this.formats = formatsNamed(settings.formats);
    this.#rescueFormats = this.formats.length > 0 ? this.formats : checkedFormats;
    this.#signal = signal;
  }

  /** Whether a format is among those that were asked for. */
  looksFor(format: string): boolean {
    return [format, 'All', 'AllReadable', 'AllMatrix'].some((name) => this.formats.includes(name as Formats[number]));
  }

  /** The formats of bars that are looked for; none where only matrices are. */
  get barFormats(): Formats {
    return this.#rescueFormats.filter((format) => !matrixFormats.has(format));
  }

  get notTaken(): string[] {
    return [...this.#notTaken];
  }

  /** A first look, as the decoder sees by itself. */
  async plain({ plane, toPicture, steps }: Pick<Attempt, 'plane' | 'toPicture' | 'steps'>): Promise<CodeRead[]> {
    const attempt: Attempt = { steps: [...steps, 'plain'], plane, toPicture, mostConfidence: 1, cost: 0 };
    const codes = await this.#look(attempt, { formats: this.formats });
    return codes.filter((code) => {
      if (!this.#takes(code)) return false;
      if (!linearFormats.has(code.format) || code.confidence >= sureBars) return true;
      // A few lines that agree are a vote and no more: scratches and dirt make bars of their own.
      this.#votes.add(code.value, `${this.frame} plain`);
      if (code.confidence >= fewLines) this.#fewLines.push(code);
      return false;
    });
  }

  /** Bars that few lines agreed on at the first look, and that no later look has read otherwise. */
  get unopposed(): CodeRead[] {
    const codes = this.#fewLines.filter(({ value }) => this.#votes.against(value) === 0);
    return codes.slice(0, 1).map((code) => ({ ...code, confidence: unopposedConfidence }));
  }

  /** Tries one after the other until something is taken or no more of the budget is left than is to be kept. */
  async firstOf(attempts: Iterable<Attempt | Spent>, kept = 0): Promise<CodeRead[]> {
    // Nothing is asked of the attempts once that is spent: what makes the next one may cost more than all that was tried.
    if (this.budget.left <= kept) return [];
    for (const attempt of attempts) {
      if ('spent' in attempt) {
        this.budget.spend(attempt.spent);
        this.#signal?.throwIfAborted();
      } else {
        const codes = await this.tryOne(attempt);
        if (codes.length > 0) return codes;
      }
      if (this.budget.left <= kept) return [];
    }
    return [];
  }

  async tryOne(attempt: Attempt): Promise<CodeRead[]> {
    this.budget.spend(attempt.cost);
    const options: DecodeOptions = { formats: this.#rescueFormats, tryInvert: false, tryDownscale: false };
    const codes = await this.#look(attempt, { ...options, ...attempt.options });
    return codes.flatMap((code) => {
      if (!this.#takes(code)) return [];
      if (!linearFormats.has(code.format)) return [code];
      const source = attempt.source ?? code.steps.join();
      const votes = this.#votes.add(code.value, `${this.frame} ${source}`);
      const against = this.#votes.against(code.value);
      // A value that is known to be one needs no second look: noise does not hit one of them.
      const needed = this.expected.known.length > 0 ? 1 : votesForBars;
      if (votes < needed + against) return [];
      return [{ ...code, confidence: Math.min(0.5 + 0.1 * (votes - against), code.confidence) }];
    });
  }

  /** What was read some other way than by the decoder. */
  take(code: CodeRead): CodeRead[] {
    return this.#takes(code) ? [code] : [];
  }

  #takes({ value }: CodeRead): boolean {
    if (this.expected.accepts(value)) return true;
    this.#notTaken.add(value);
    return false;
  }

  async #look(attempt: Attempt, options: DecodeOptions): Promise<CodeRead[]> {
    this.#signal?.throwIfAborted();
    this.attempts++;
    const { plane } = attempt;
    this.budget.spend(plane.width * plane.height * decodeCost);
    const decoded = await decode(plane, { ...options, returnErrors: true, textMode: 'Plain' });
    const codes: CodeRead[] = [];
    for (const one of decoded) {
      const corners = attempt.corners ?? cornersOf(one, attempt.toPicture);
      if (!one.isValid) {
        this.found.push(corners);
        this.foundAny = true;
      } else if (one.text.length > 0) {
        const confidence = Math.min(certainty(one), attempt.mostConfidence);
        codes.push({ value: one.text, format: one.format, confidence, corners, steps: attempt.steps });
      }
    }
    return codes;
  }
}

function cornersOf({ position }: Decoded, toPicture: Attempt['toPicture']): CodeRead['corners'] {
  const { topLeft, topRight, bottomRight, bottomLeft } = position;
  return [topLeft, topRight, bottomRight, bottomLeft].map(({ x, y }) => {
    const place = toPicture(x, y);
    return [Math.round(place.x * 10) / 10, Math.round(place.y * 10) / 10] as const;
  });
}

/** What is left of the error correction, where the decoder says so; of bars, how many lines of the picture agreed. */
function certainty({ extra, format, lineCount }: Decoded): number {
  if (linearFormats.has(format)) return Math.round(Math.min(0.7 + lineCount / 100, 0.99) * 100) / 100;
  const unused = extra ? (JSON.parse(extra) as { UEC?: number }).UEC : undefined;
  return unused === undefined ? 0.9 : Math.round((0.6 + 0.4 * unused) * 100) / 100;
}

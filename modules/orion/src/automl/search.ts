/** One of the things that may be chosen: a kind of learner by name, and its settings. */
export interface Candidate {
  readonly kind: string;
  /** Plain JSON; what it leaves out has the kind's defaults. */
  readonly settings: object;
}

/** A candidate at work on a share of the data. */
export interface Trial extends Candidate {
  /** From 0; each rung has more data and fewer candidates. */
  readonly rung: number;
  /** Of the data that may be learnt from in each fold, the newest. */
  readonly share: number;
  /** Loss of each fold that came to its end; the less, the better. */
  readonly losses: readonly number[];
  /** Their mean; null where none came to its end. */
  readonly loss: number | null;
  readonly seconds: number;
  /** Why it ended before its last fold: it could not learn, it was behind what is kept anyway, or time was up. */
  readonly ended?: { readonly why: 'unfit' | 'behind' | 'time'; readonly message?: string };
  readonly kept: boolean;
}

export interface SearchReport {
  readonly trials: readonly Trial[];
  /** What loses least, by the most data it learnt from; a yardstick where nothing beats it. */
  readonly best: Trial;
  /** What each yardstick loses on all data; the best of them is what the winner is measured by. */
  readonly yardsticks: readonly Trial[];
  /** By what part of the best yardstick's loss the winner loses less; negative where the yardstick is better. */
  readonly gain: number;
  /** Whether every candidate had its turn. */
  readonly complete: boolean;
}

export interface SearchRequest {
  /** The cheapest and likeliest first: when time is short the first have had their turn. */
  readonly candidates: readonly Candidate[];
  /** Simple methods that are judged on the same folds, with all data. They can win too. */
  readonly yardsticks: readonly Candidate[];
  readonly folds: number;
  /** Loss of a candidate on a fold after learning from a share of what lies before it. Rejects with ORION_DATA_UNFIT where it cannot. */
  evaluate(candidate: Candidate, fold: number, share: number): Promise<number>;
  /** Of time; what runs when it is up comes to the end of its fold. */
  readonly budgetSeconds: number;
  readonly signal: AbortSignal;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  readonly progress: (fraction: number, message: string) => void;
  /** Shares of the data, rung by rung; the last is 1. Left out: 1/9, 1/3, 1. */
  readonly shares?: readonly number[];
}

/** Of each rung this part goes on: Jamieson and Talwalkar's eta. */
const eta = 3;
/** A candidate is given up after a fold when its mean is behind the best one of its rung by this factor. */
const hopeless = 2;

/**
 * Chooses among candidates by successive halving (Jamieson and Talwalkar 2016): all learn from a small share of the data, the better third
 * from more, until a few have learnt from all. Every candidate is judged on the same folds. Rejects with the last reason where none could
 * learn.
 */
export async function search(request: SearchRequest): Promise<SearchReport> {
  const { shares = [1 / 9, 1 / 3, 1], yardsticks } = request;
  const begun = request.now();
  const left = () => request.budgetSeconds - (request.now() - begun) / 1000;
  const told = (message: string) =>
    request.progress(Math.min(0.99, Math.max(0, 1 - left() / request.budgetSeconds)), message);
  const measured: Trial[] = [];
  // Yardsticks are cheap, and without them nothing could be said of a winner: they run whatever the time.
  for (const one of yardsticks) {
    told(one.kind);
    measured.push(await tryOn(request, one, shares.length - 1, 1, Number.POSITIVE_INFINITY, () => 1));
  }
  const trials: Trial[] = [];
  let field: readonly Candidate[] = request.candidates;
  let complete = true;
  for (const [rung, share] of shares.entries()) {
    const most = Math.max(1, Math.ceil(request.candidates.length / eta ** (rung + 1)));
    const ran: Trial[] = [];
    for (const candidate of field) {
      if (left() <= 0) {
        complete = false;
        break;
      }
      told(candidate.kind);
      const bestLoss = Math.min(...ran.map(({ loss, ended }) => (ended ? Number.POSITIVE_INFINITY : loss!)));
      ran.push(await tryOn(request, candidate, rung, share, bestLoss, left));
    }
    const whole = ran.filter(({ ended }) => !ended).sort((a, b) => a.loss! - b.loss!);
    const kept = new Set(whole.slice(0, rung === shares.length - 1 ? 1 : most));
    trials.push(...ran.map((trial) => ({ ...trial, kept: kept.has(trial) })));
    if (kept.size === 0) break;
    field = [...kept].map(({ kind, settings }) => ({ kind, settings }));
  }
  const best = bestOf([...trials, ...measured]);
  if (!best) throw failureOf([...trials, ...measured]);
  const yardstick = Math.min(...measured.flatMap(({ loss, ended }) => (ended ? [] : [loss!])));
  const gain = yardstick > 0 && Number.isFinite(yardstick) ? 1 - best.loss! / yardstick : 0;
  return { trials, best, yardsticks: measured, gain, complete };
}

/** The one that loses least, each by what it lost on the most data it had: all were judged on the same folds. */
function bestOf(trials: readonly Trial[]): Trial | undefined {
  const latest = new Map<string, Trial>();
  for (const trial of trials) {
    const key = JSON.stringify([trial.kind, trial.settings]);
    if (!trial.ended && (latest.get(key)?.share ?? 0) <= trial.share) latest.set(key, trial);
  }
  return [...latest.values()].toSorted((a, b) => a.loss! - b.loss! || b.share - a.share)[0];
}

const failures = new WeakMap<Trial, unknown>();

function failureOf(trials: readonly Trial[]): unknown {
  const reasons = trials.flatMap((trial) => (failures.has(trial) ? [failures.get(trial)] : []));
  return reasons.at(-1) ?? new Error('no candidate came to its end');
}

async function tryOn(
  request: SearchRequest,
  candidate: Candidate,
  rung: number,
  share: number,
  bestLoss: number,
  left: () => number,
): Promise<Trial> {
  const begun = request.now();
  const losses: number[] = [];
  const done = (ended?: Trial['ended']): Trial => ({
    ...{ ...candidate, rung, share, losses, loss: losses.length > 0 ? mean(losses) : null },
    ...{ seconds: (request.now() - begun) / 1000, kept: false },
    ...(ended ? { ended } : {}),
  });
  for (let fold = 0; fold < request.folds; fold++) {
    request.signal.throwIfAborted();
    if (fold > 0 && left() <= 0) return done({ why: 'time' });
    try {
      losses.push(await request.evaluate(candidate, fold, share));
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (code !== 'ORION_DATA_UNFIT') throw error;
      const trial = done({ why: 'unfit', message });
      failures.set(trial, error);
      return trial;
    }
    if (fold + 1 < request.folds && mean(losses) > hopeless * bestLoss) return done({ why: 'behind' });
  }
  return done();
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

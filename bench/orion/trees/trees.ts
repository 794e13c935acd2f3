import { boostingBytes, learnerKind, rocAuc } from '@millwright/orion/analyse';
import { atLeast, type Benchmark, below, type Figure } from '../../lib/benchmark.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { type DrawnRows, drawRows } from './drawn-rows.ts';
import { askLightgbm, type PeerAnswer, type PeerOrder, writeRows } from './lightgbm-peer.ts';

const toldRows = 200_000;
const width = 30;

export const trees: Benchmark = {
  name: 'orion/trees',
  summary:
    'boosted trees, 1 million rows of 30 columns: time at most 3 times LightGBM’s at equal AUC, prediction under 1 s, memory',
  duration: '1 to 3 minutes',
  options: [
    { name: 'rows', default: '1000000', summary: 'rows to learn from' },
    { name: 'rounds', default: '100', summary: 'rounds of 31 leaves' },
    { name: 'threads', default: '2', summary: 'threads, of both' },
    { name: 'repeats', default: '2', summary: 'runs in turn; the fastest of each counts' },
    { name: 'peer', default: '', summary: 'Python with bench/orion/trees/peer/requirements.txt: LightGBM beside' },
  ],
  async run(context) {
    const learnt = context.number('rows');
    const threads = context.number('threads');
    const order: PeerOrder = {
      ...{
        width,
        learnt,
        rounds: context.number('rounds'),
        leaves: 31,
        learningRate: 0.1,
        minRows: 20,
        penalty: 0,
        threads,
      },
    };
    const drawn = drawRows(learnt + toldRows, width, 1);
    const [own, other] = [part(drawn, 0, learnt), part(drawn, learnt, learnt + toldRows)];
    const isOwn = Uint8Array.from(other.target);
    const areaOf = (told: ArrayLike<number>) => rocAuc(isOwn, Float64Array.from(told))!;
    const kind = await learnerKind('tables', 'gradient-boosting');
    const { rounds, leaves, learningRate, minRows, penalty } = order;
    const work = { signal: new AbortController().signal, threads: threads - 1, progress: () => undefined };
    const python = context.option('peer');
    const folder = temporaryFolder(context);
    const written = python === '' ? undefined : writeRows(folder, drawn);
    const [training, predicting, processor]: [number[], number[], number[]] = [[], [], []];
    const peers: PeerAnswer[] = [];
    let [area, megabytes] = [0, 0];
    for (let repeat = 0; repeat < context.number('repeats'); repeat++) {
      if (written) peers.push(await askLightgbm(python, folder, { ...order, ...written }));
      const watch = setInterval(() => {
        megabytes = Math.max(megabytes, (process.memoryUsage().rss - resident) / 1e6);
      }, 50);
      const resident = process.memoryUsage.rss();
      const used = process.cpuUsage();
      let begun = performance.now();
      const data = { task: 'classification', classes: ['0', '1'], ...own } as const;
      const model = await kind.fit(data, { rounds, leaves, learningRate, minRows, penalty }, 1, work);
      training.push((performance.now() - begun) / 1000);
      const { user, system } = process.cpuUsage(used);
      processor.push((user + system) / 1e6);
      clearInterval(watch);
      begun = performance.now();
      model.predict(own.table);
      predicting.push((performance.now() - begun) / 1000);
      const told = model.predict(other.table);
      area = areaOf(Float64Array.from({ length: toldRows }, (_, row) => told[2 * row + 1]!));
      context.note(`run ${repeat + 1}: training ${training.at(-1)!.toFixed(1)} s`);
    }
    const least = (values: readonly number[]) => Math.min(...values);
    const [seconds, asked] = [least(training), least(predicting)];
    const figures: Figure[] = [
      { name: 'training, with binning', value: seconds, unit: 's' },
      { name: 'processor time of training, all threads', value: least(processor), unit: 's' },
      below('prediction of all rows, one thread', asked, 1, 's'),
      { name: 'AUC of rows that were not learnt from', value: area },
      below(
        'held by the training beside the table, over binned values',
        boostingBytes(learnt, width, leaves) / (learnt * width),
        3,
        'bytes',
      ),
      { name: 'growth of the process while training', value: megabytes, unit: 'MB' },
    ];
    if (peers.length > 0) {
      const peer = least(peers.map(({ binning, training: own }) => binning + own));
      const peerArea = areaOf(peers[0]!.told);
      figures.push(
        { name: 'LightGBM: training, with binning', value: peer, unit: 's' },
        {
          name: 'LightGBM: processor time of training',
          value: least(peers.map((one) => one.processor)),
          unit: 's',
        },
        { name: 'LightGBM: prediction of all rows', value: least(peers.map((one) => one.predicting)), unit: 's' },
        { name: 'LightGBM: AUC', value: peerArea },
        below('training over LightGBM’s', seconds / peer, 3, 'times'),
        atLeast('AUC less LightGBM’s', area - peerArea, -0.002, ''),
      );
    }
    return {
      protocol: [
        `${learnt} rows of ${width} columns of numbers drawn from seed 1, two classes that follow from twelve of the columns and from chance; ${toldRows} further rows are told.`,
        `${rounds} rounds of ${leaves} leaves, 255 bins, learning rate ${learningRate}, at least ${minRows} rows a leaf, ${threads} threads; the fastest of ${training.length} runs, in turn with the peer’s. Reading files counts in neither.`,
        'Held by the training: bins, rows, gradients, scores and histograms. The growth of the process, seen every 50 ms, has its threads and what is not yet collected in it too.',
      ],
      figures,
      compared: [
        peers[0] ? `LightGBM ${peers[0].version} in Python, same machine, same run` : 'peer absent (--peer PYTHON)',
      ],
    };
  },
};

function part({ columns, target }: DrawnRows, from: number, to: number) {
  const own = columns.map((column) =>
    column.kind === 'number' ? { ...column, values: column.values.subarray(from, to) } : column,
  );
  return { table: { rows: to - from, columns: own }, target: target.slice(from, to) };
}

import type { Page, Route } from 'playwright-core';
import sharp from 'sharp';
import { toldDrift, toldFaults, toldLine, toldLots, toldProposals } from './told-station.ts';

/** A part as a camera sees it: a ring, each a little different, with a scratch or without; PNG. */
export async function drawRing(seed: number, scratched = false): Promise<Buffer> {
  const turn = (seed * 47) % 360;
  const scratch = `<line x1="118" y1="52" x2="142" y2="88" stroke="#2b2e30" stroke-width="3.5"/>`;
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="192" height="192">
    <rect width="192" height="192" fill="#5d6468"/>
    <circle cx="96" cy="96" r="56" fill="none" stroke="#b9c0c2" stroke-width="30"/>
    <g transform="rotate(${turn} 96 96)"><circle cx="96" cy="40" r="5" fill="#7b8386"/>
    <circle cx="${96 + (seed % 7) / 4}" cy="152" r="4" fill="#868e91"/></g>${scratched ? scratch : ''}</svg>`;
  return sharp(Buffer.from(picture)).png().toBuffer();
}

/** Grey, as the server gives it: the scratch beyond the limit, the rest far below. */
const drawHeat = (): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48"><rect width="48" height="48" fill="#202020"/>
    <circle cx="32.5" cy="17.5" r="11" fill="#5a5a5a"/><circle cx="32.5" cy="17.5" r="7.5" fill="#8c8c8c"/>
    <circle cx="32.5" cy="17.5" r="4.5" fill="#dcdcdc"/></svg>`),
  )
    .toColourspace('b-w')
    .png()
    .toBuffer();

const uuid = (kind: number, number: number) =>
  `01980000-0000-7000-8${String(kind).padStart(3, '0')}-${String(number).padStart(12, '0')}`;
const hash = (number: number) => number.toString(16).padStart(64, 'a');
const at = (minutes: number) => new Date(Date.UTC(2026, 2, 5, 10) - minutes * 60_000).toISOString();

export const toldIds = {
  ...{ site: uuid(0, 1), dataset: uuid(1, 1), inspection: uuid(2, 1), station: uuid(3, 1), finding: uuid(4, 1) },
};

const pictures = Array.from({ length: 60 }, (_, number) => ({
  ...{ id: uuid(5, number), hash: hash(number), fileName: `ring-${String(number + 1).padStart(3, '0')}.png` },
  ...{ width: 192, height: 192, label: number < 52 ? 'good' : 'defect' },
  class: number < 52 ? null : number < 57 ? 'scratch' : '缺口',
  ...{ group: `lot ${1 + Math.floor(number / 20)}`, at: at(300 - number), by: 'admin' },
  ...{ regions: number === 0 ? 1 : 0, labelledBy: number === 0 ? ['admin', '李伟'] : [], disagreement: number === 0 },
}));

export const toldVersion = (version: number, suspects: readonly string[] = [hash(3), hash(31)]) => ({
  ...{ version, model: hash(900 + version), threshold: 1.234, images: { good: 52, defects: 8 } },
  falseRejects: { per1000: 10, low: 0, high: 68.5 },
  details: {
    promise: {
      ...{ asked: 10, threshold: 1.234, per1000: 10, low: 0, high: 68.5, goodParts: 52, rejected: 0 },
      ...{ method: 'exponential tail', moreGoodParts: 316 },
    },
    parity: { pictures: 40, maxScoreDifference: 2.4e-7, changedDecisions: 0, heatmapCorrelation: 0.999998 },
    suspects: suspects.map((name, index) => ({ name, score: 1.9 - index / 5 })),
    alike: [['ring-004.png', 'ring-009.png']],
  },
  dataset: hash(800 + version),
  leftOut: [
    {
      ...{ name: hash(55), fileName: 'ring-056.png' },
      reason: {
        ...{ code: 'manuvision-data.too-large', values: { width: 40_000, height: 30_000, limit: 100_000_000 } },
        text: 'it has 40000 x 30000 pixels, more than the 100000000 that are allowed',
      },
    },
  ],
  ...{ findingId: toldIds.finding, at: at(100 - version), by: 'admin' },
});

export const toldVerdict = (number: number, more: object = {}) => ({
  ...{ id: uuid(6, number), stationId: toldIds.station, at: at(number), fileName: `part-${4000 - number}.png` },
  ...{ picture: hash(500 + number), kept: true, keptBy: 'rejected', removed: null },
  ...{ version: 2, threshold: 1.234, score: 1.9, verdict: 'ng' },
  ...{ class: 'scratch', value: null, hasHeatmap: true, milliseconds: 38.4 },
  boxes: [{ x: 112, y: 46, width: 38, height: 48, className: 'scratch', score: 1.9 }],
  ...{ findingId: toldIds.finding, error: null, reviewed: null, reviewedBy: null },
  ...more,
});

const passed = { verdict: 'ok', class: null, boxes: [], score: 0.61 };
const unjudged = { ...passed, verdict: 'refused', score: null, hasHeatmap: false, error: 'IMAGING_PICTURE_BROKEN' };

const toldWord = (name: string, x: number) => ({
  ...{ label: 'defect', class: name, at: at(3) },
  regions: [{ id: uuid(7, x), class: name, shape: { kind: 'box', x, y: 46, width: 38, height: 48 } }],
});
/** Two people who differ. */
const toldLabels = {
  ...{ revision: 2, ...toldWord('缺口', 40) },
  people: [
    { actorId: 'admin', actorName: 'admin', ...toldWord('scratch', 112) },
    { actorId: 'somebody', actorName: '李伟', ...toldWord('缺口', 40) },
  ],
  disagreement: { about: 'class', iou: 0.21, people: ['admin', 'somebody'] },
};

/** Data set, inspection and station as a server tells them after a day's work; what people say of verdicts is kept. */
export async function tellParts(page: Page, siteId: string = toldIds.site) {
  const reviews: { id: string; said: string | null }[] = [];
  const verdicts = Array.from({ length: 24 }, (_, number) =>
    toldVerdict(number, number % 5 === 0 ? {} : number === 7 ? unjudged : passed),
  );
  const [ring, scratched, heat] = await Promise.all([drawRing(3), drawRing(3, true), drawHeat()]);
  const base = { siteId, createdAt: at(900) };
  const count = (label: string) => pictures.filter((picture) => picture.label === label).length;
  const dataset = {
    ...{ ...base, id: toldIds.dataset, name: 'Turned rings' },
    counts: {
      ...{ good: count('good'), defects: count('defect') },
      classes: [
        { name: 'scratch', count: 5 },
        { name: '缺口', count: 3 },
      ],
    },
  };
  const inspection = {
    ...{ ...base, id: toldIds.inspection, datasetId: dataset.id, name: 'Ring face', kind: 'anomaly' },
    ...{ promise: 10, seed: 1, newestVersion: 2, settings: { region: { x: 0.1, y: 0.2, width: 0.6, height: 0.5 } } },
  };
  const station = {
    ...{ ...base, id: toldIds.station, name: 'Ring inspection', inspectionId: inspection.id },
    ...{ inspectionName: inspection.name, version: 2, lastAt: at(0) },
    keep: { rejected: true, refused: true, passed: 0.01, near: null, first: null, days: null, megabytes: null },
    ...{ folder: null, folderProblem: null, camera: null, cameraState: null, boxId: null },
    today: { ok: 1843, ng: 27, refused: 2 },
    unsent: { waiting: 0, lost: 0 },
  };
  const figures = {
    ...{ from: at(1440), counts: station.today, scores: { median: 0.6, p95: 0.9 } },
    hours: Array.from({ length: 12 }, (_, hour) => ({
      ...{ at: at((12 - hour) * 60), ok: 150 + ((hour * 31) % 17), ng: (hour * 7) % 6, refused: hour === 4 ? 2 : 0 },
    })),
    classes: [
      { name: 'scratch', count: 15 },
      { name: '缺口', count: 8 },
      { name: '', count: 4 },
    ],
    reviewed: { rejects: 9, falseRejects: 1 },
  };
  const json = (body: object, status = 200) => ({
    status,
    contentType: 'application/json',
    body: JSON.stringify(body),
  });
  const png = (body: Buffer) => ({ contentType: 'image/png', body });
  const verdictOf = (route: Route) =>
    verdicts.find(({ id }) => route.request().url().includes(`/verdicts/${id}`)) ?? verdicts[0]!;
  const tell = (path: RegExp, answer: (route: Route) => object) =>
    page.route(path, (route) => route.fulfill(answer(route)));
  const one = (path: string, id: string, after = '') => new RegExp(`/api/manuvision/${path}/${id}${after}(?:\\?|$)`);
  await tell(/\/api\/manuvision\/datasets$/, () => json({ items: [dataset] }));
  await tell(one('datasets', dataset.id), () => json(dataset));
  await tell(one('datasets', dataset.id, '/pictures'), () => json({ items: pictures, total: pictures.length }));
  await tell(one('datasets', dataset.id, '/pictures/[0-9a-f-]+/(?:thumbnail.jpg|file)'), (route) => {
    const picture = pictures.find(({ id }) => route.request().url().includes(id));
    return png(picture?.label === 'defect' || picture?.hash === hash(3) ? scratched : ring);
  });
  await tell(one('datasets', dataset.id, '/pictures/[0-9a-f-]+/labels'), () => json(toldLabels));
  await tell(one('datasets', dataset.id, '/pictures/[0-9a-f-]+/tiles/\\d+/\\d+/\\d+'), () => png(scratched));
  await tell(one('datasets', dataset.id, '/labelling/here'), () =>
    json({ people: [{ actorId: 'somebody', actorName: '李伟', pictureId: pictures[0]!.id, at: at(0) }] }),
  );
  await tell(/\/api\/manuvision\/inspections$/, () => json({ items: [inspection] }));
  await tell(one('inspections', inspection.id), () => json(inspection));
  await tell(one('inspections', inspection.id, '/versions'), () => json({ items: [toldVersion(2), toldVersion(1)] }));
  await tell(/\/api\/manuvision\/stations$/, () => json({ items: [station] }));
  await tell(one('stations', station.id), () => json(station));
  await tell(one('stations', station.id, '/figures'), () => json(figures));
  const told = { station: station.id, finding: toldIds.finding, id: (number: number) => uuid(8, number), at };
  await tell(one('stations', station.id, '/drift'), () => json(toldDrift(told)));
  await tell(one('stations', station.id, '/proposals'), () => json(toldProposals(told)));
  await tell(one('stations', station.id, '/lots'), () => json({ items: toldLots(told) }));
  await tell(one('stations', station.id, '/line'), () => json(toldLine(told)));
  await tell(one('stations', station.id, '/faults'), () => json({ items: toldFaults(told) }));
  await tell(one('stations', station.id, '/verdicts'), (route) => {
    const isReview = route.request().url().includes('review=open');
    const open = verdicts.filter(({ verdict, reviewed }) => verdict === 'ng' && reviewed === null);
    return json({ items: isReview ? open : verdicts, next: null });
  });
  await tell(one('stations', station.id, '/judge'), () => {
    const judged = toldVerdict(0, { id: uuid(6, 999), at: at(-1), fileName: 'dropped.png' });
    verdicts.unshift(judged);
    return json(judged, 201);
  });
  await tell(one('stations', station.id, '/verdicts/[0-9a-f-]+/picture'), (route) =>
    png(verdictOf(route).verdict === 'ng' ? scratched : ring),
  );
  await tell(one('stations', station.id, '/verdicts/[0-9a-f-]+/heatmap.png'), () => png(heat));
  const crop = (picture: Buffer) =>
    sharp(picture)
      .extract({ left: 108, top: 42, width: 48, height: 48 })
      .toBuffer()
      .then((bytes) => `data:image/png;base64,${bytes.toString('base64')}`);
  const [goodCrop, badCrop] = await Promise.all([crop(ring), crop(scratched)]);
  const area = { x: 108, y: 42, width: 48, height: 48 };
  const near = (number: number, more: object = {}) => ({
    ...{ area, crop: goodCrop, picture: hash(number), fileName: pictures[number]!.fileName },
    ...{ distance: 0.9 + number / 100, ...more },
  });
  await tell(one('stations', station.id, '/verdicts/[0-9a-f-]+/explanation'), () =>
    json({
      places: [
        {
          ...{ area, crop: badCrop, heat: 12.4, good: [near(1), near(2), near(3)], here: [near(1), near(2), near(4)] },
          defects: [near(52, { crop: badCrop, distance: 0.31, className: 'scratch', atLine: true })],
        },
      ],
      defects: { seen: 8, of: 8 },
    }),
  );
  await tell(one('stations', station.id, '/verdicts/[0-9a-f-]+/review'), (route) => {
    const { verdict: said } = route.request().postDataJSON() as { verdict: string | null };
    const verdict = verdictOf(route);
    reviews.push({ id: verdict.id, said });
    Object.assign(verdict, { reviewed: said, reviewedBy: said && 'admin' });
    return json(verdict);
  });
  return { reviews, verdicts };
}

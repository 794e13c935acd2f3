import { join } from 'node:path';
import { type Plane, projectPlanePoint } from '@millwright/imaging';
import { withNoise, writeGreyPng } from '@millwright/imaging/test-support';
import { planSchema } from '@millwright/manuvision';
import { calibratePictures, measurePicture, planeWorld } from '@millwright/manuvision/analyse';
import { type Benchmark, type BenchmarkContext, below, type Figure } from '../lib/benchmark.ts';
import { quantile, round } from '../lib/statistics.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { boardPoses, boardSize, boardSquares, drawBoard, knownCamera, squareMm } from './drawn-boards.ts';
import { drawPlate, platePlan, type Truth } from './drawn-parts.ts';
import { measureWithOpenCv } from './opencv-peer.ts';

const blurs = [0, 0.7, 1.5, 3];
const noises = [0, 0.005, 0.02];
const plan = planSchema.parse(platePlan);

interface Sample {
  readonly picture: string;
  readonly blur: number;
  readonly noise: number;
  readonly truth: Truth;
  /** Errors by the feature's name, with the standard uncertainty that was told. */
  readonly errors: Readonly<Record<string, { readonly error: number; readonly uncertainty: number }>>;
}

/** As a camera of 8 bits gives it. */
const bytes = (plane: Plane): Plane => ({
  ...plane,
  data: plane.data.map((value) => Math.round(Math.min(Math.max(value, 0), 1) * 255) / 255),
});

const rms = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, one) => sum + one * one, 0) / Math.max(values.length, 1));

async function measureParts(context: BenchmarkContext, folder: string) {
  const samples: Sample[] = [];
  const times: number[] = [];
  let refused = 0;
  for (const blur of blurs)
    for (let at = 0; at < context.number('parts'); at++) {
      const { plane, truth } = drawPlate(at + 1, blur);
      for (const noise of noises) {
        const picture = `part-${blur}-${noise}-${at}.png`;
        const seen = bytes(withNoise(plane, noise, at + 1));
        await writeGreyPng(seen, join(folder, picture));
        const began = performance.now();
        const { features } = measurePicture(seen, plan);
        times.push((performance.now() - began) / features.length);
        const errors: Record<string, { error: number; uncertainty: number }> = {};
        for (const { name, value, uncertainty } of features) {
          if (value === null) refused++;
          else if (name in truth) errors[name] = { error: value - truth[name]!, uncertainty: uncertainty! };
        }
        samples.push({ picture, blur, noise, truth, errors });
      }
      context.note(`blur ${blur}: part ${at + 1}`);
    }
  return { samples, refused, milliseconds: quantile(times, 0.5) };
}

async function measureBoards(context: BenchmarkContext, folder: string) {
  const drawn: Plane[] = [];
  for (const at of boardPoses.keys()) {
    drawn.push(bytes(withNoise(drawBoard(at), 0.005, at + 1)));
    await writeGreyPng(drawn[at]!, join(folder, `board-${at}.png`));
    context.note(`board ${at + 1}`);
  }
  const began = performance.now();
  const calibration = await calibratePictures(
    drawn.map((plane, at) => ({ name: `board-${at}.png`, read: async () => plane })),
    { squares: boardSquares, squareMm, squareUncertaintyMm: 0 },
    { signal: new AbortController().signal, progress: () => undefined },
  );
  const milliseconds = performance.now() - began;
  const world = planeWorld(calibration);
  const errors: number[] = [];
  for (let y = -10; y <= 50; y += 10)
    for (const [from, to] of [
      [-20, 40],
      [0, 80],
      [30, 90],
    ] as const) {
      const [one, other] = [from, to].map((x) => world.at(projectPlanePoint(knownCamera, boardPoses[0]!, { x, y })));
      errors.push((Math.hypot(other!.x - one!.x, other!.y - one!.y) / (to - from) - 1) * 100);
    }
  return { calibration, milliseconds, lengthErrors: errors };
}

const names = ['width', 'large hole', 'small hole', 'pitch', 'hole to edge'] as const;

function tableOf(samples: readonly Sample[]): string[] {
  const lines = [
    'root mean square error in px (largest); where there is noise, then of errors over told uncertainties:',
  ];
  for (const blur of blurs)
    for (const noise of noises) {
      const own = samples.filter((one) => one.blur === blur && one.noise === noise);
      const cells = names.map((name) => {
        const errors = own.flatMap(({ errors }) => (errors[name] ? [errors[name].error] : []));
        return `${name} ${rms(errors).toFixed(4)} (${Math.max(...errors.map(Math.abs)).toFixed(3)})`;
      });
      const ratios = own.flatMap(({ errors }) =>
        names.flatMap((name) => (errors[name] ? [errors[name].error / errors[name].uncertainty] : [])),
      );
      lines.push(
        `blur ${blur}, noise ${100 * noise} %: ${cells.join(', ')}${noise > 0 ? `; ${rms(ratios).toFixed(2)}` : ''}`,
      );
    }
  return lines;
}

async function peerLines(context: BenchmarkContext, folder: string, samples: readonly Sample[]): Promise<string[]> {
  const python = context.option('python');
  const peer = python ? await measureWithOpenCv(python, folder) : undefined;
  if (!peer)
    return [
      'OpenCV and scikit-image: peer absent (pip install -r bench/measuring/peer/requirements.txt, then --python PATH)',
    ];
  const lines = [
    `OpenCV ${peer.version} and scikit-image on the same pictures (contours at half brightness, CircleModel, calibrateCamera):`,
  ];
  for (const blur of blurs)
    for (const noise of noises) {
      const own = samples.filter((one) => one.blur === blur && one.noise === noise);
      const cells = ['large hole', 'small hole', 'pitch'].map((name) => {
        const errors = own.map(({ picture, truth }) => peer.parts[picture]![name]! - truth[name]!);
        return `${name} ${rms(errors).toFixed(4)} (${Math.max(...errors.map(Math.abs)).toFixed(3)})`;
      });
      lines.push(`blur ${blur}, noise ${100 * noise} %: ${cells.join(', ')}`);
    }
  const { fx, fy, rms: off, views } = peer.camera;
  const percent = (found: number, known: number) => `${round(100 * Math.abs(found / known - 1), 3)} %`;
  lines.push(
    `camera from ${views} views: focal lengths off by ${percent(fx, knownCamera.fx)} and ${percent(fy, knownCamera.fy)}, corners ${round(off, 4)} px rms`,
  );
  return lines;
}

export const measuring: Benchmark = {
  name: 'measuring',
  summary:
    'drawn parts and checkerboards of known sub-pixel size over blur and noise: errors, told uncertainty, ms a feature',
  duration: '1 to 2 minutes',
  options: [
    { name: 'parts', default: '10', summary: 'parts for each blur' },
    {
      name: 'python',
      default: '',
      summary: 'Python with bench/measuring/peer/requirements.txt, to measure the same pictures',
    },
  ],
  async run(context) {
    const folder = temporaryFolder(context);
    const { samples, refused, milliseconds } = await measureParts(context, folder);
    const { calibration, milliseconds: calibrating, lengthErrors } = await measureBoards(context, folder);
    const usual = samples.filter(({ blur, noise }) => (blur === 0.7 || blur === 1.5) && noise === 0.005);
    const errorOf = (name: string, from = usual) =>
      from.flatMap(({ errors }) => (errors[name] ? [errors[name].error] : []));
    const areas = usual.flatMap(({ errors, truth }) => (errors.area ? [(100 * errors.area.error) / truth.area!] : []));
    const focal = Math.max(
      Math.abs(calibration.camera!.fx / knownCamera.fx - 1),
      Math.abs(calibration.camera!.fy / knownCamera.fy - 1),
    );
    const figures: Figure[] = [
      below('width of the plate, rms error', round(rms(errorOf('width')), 4), 0.03, 'px'),
      below('radius of the large hole, rms error', round(rms(errorOf('large hole')) / 2, 4), 0.02, 'px'),
      below('radius of the small hole, rms error', round(rms(errorOf('small hole')) / 2, 4), 0.02, 'px'),
      below('distance of the holes, rms error', round(rms(errorOf('pitch')), 4), 0.03, 'px'),
      { name: 'right angle, rms error', value: round(rms(errorOf('angle')), 4), unit: 'deg' },
      { name: 'area, rms error', value: round(rms(areas), 4), unit: '%' },
      { name: 'refused values', value: refused },
      below('focal length, error', round(100 * focal, 4), 0.5, '%'),
      { name: 'reprojection of corners, rms', value: round(calibration.reprojectionRms!, 4), unit: 'px' },
      { name: 'lengths on the plane, rms error', value: round(rms(lengthErrors), 4), unit: '%' },
      { name: 'largest', value: round(Math.max(...lengthErrors.map(Math.abs)), 4), unit: '%' },
      { name: 'median time of a feature', value: round(milliseconds, 2), unit: 'ms' },
      {
        name: `calibration from ${boardPoses.length} pictures of ${boardSize.width} x ${boardSize.height}`,
        value: round(calibrating),
        unit: 'ms',
      },
    ];
    return {
      protocol: [
        `${context.option('parts')} plates of 120 x 70 px with two holes, moved, turned and sized by fractions of a pixel, drawn area-sampled with blur ${blurs.join(', ')} px and noise ${noises.map((one) => 100 * one).join(', ')} % of the range, contrast 60 %, 8 bits; ${plan.features.length} features each. Figures are of blur 0.7 and 1.5 with noise 0.5 %.`,
        `${boardPoses.length} drawn checkerboards of 9 x 6 squares through a known camera with distortion, blur 0.7 px, noise 0.5 %.`,
        ...tableOf(samples),
      ],
      figures,
      compared: await peerLines(context, folder, samples),
    };
  },
};

import { resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import { manuvisionErrors } from '../errors.ts';
import { type CalibrateParameters, calibrateMethod, calibrationFile } from '../measuring/calibrate-method.ts';
import type { Calibration } from '../measuring/calibration.ts';
import { pinSource } from './named-sources.ts';
import { numberOption } from './options.ts';

interface Answer extends Calibration {
  readonly calibration: string;
  readonly evidence: string;
}

export const measureCalibrateVerb: Verb = {
  name: 'measure calibrate',
  summary: 'Calibrate a camera and its measuring plane from pictures of a checkerboard; needs no server.',
  arguments: [{ name: 'PICTURES', summary: 'Folder or ZIP with pictures of the board, tilted to different sides.' }],
  options: [
    {
      name: 'squares',
      summary: 'Squares of the board, in a row and rows of them.',
      placeholder: 'COLUMNSxROWS',
      required: true,
    },
    { name: 'square-mm', summary: 'Side of a square in mm.', placeholder: 'NUMBER', required: true },
    { name: 'square-uncertainty-mm', summary: 'Its standard uncertainty; left out, 0.', placeholder: 'NUMBER' },
    {
      name: 'plane',
      summary: 'Name of the picture of the board lying where the parts lie; left out, the first one.',
      placeholder: 'NAME',
    },
    { name: 'out', summary: 'File for the calibration.', placeholder: 'FILE', required: true },
    { name: 'evidence', summary: 'File for the evidence; left out, beside the calibration.', placeholder: 'FILE' },
  ],
  async run({ arguments: given, options, signal, progress, note }) {
    const calibration = resolve(String(options.out));
    const evidence = resolve(String(options.evidence ?? `${calibration.replace(/\.json$/i, '')}.evidence.json`));
    const squareMm = numberOption('--square-mm', options['square-mm'], Number.NaN, { least: 1e-6, most: 1e6 });
    const most = { least: 0, most: squareMm };
    const pictures = await pinSource(resolve(given.PICTURES!));
    const parameters: CalibrateParameters = {
      ...{ pictures: pictures.named, squares: squaresOf(String(options.squares)), squareMm },
      squareUncertaintyMm: numberOption('--square-uncertainty-mm', options['square-uncertainty-mm'], 0, most),
      ...(options.plane === undefined ? {} : { plane: String(options.plane) }),
    };
    const { output } = await concludeFiles({
      ...{ method: calibrateMethod, parameters, inputs: pictures.inputs, evidence, signal, progress },
      files: { [calibrationFile]: calibration },
    });
    const found = output as Calibration;
    if (!found.camera)
      note('With fewer than three pictures of the board only the plane is calibrated; distortion is not taken out.');
    return { ...found, calibration, evidence } satisfies Answer;
  },
  print: ({ camera, cameraUncertainty, reprojectionRms, pictures, plane, calibration, evidence }: Answer) =>
    [
      ...(camera
        ? [
            `camera       focal lengths ${camera.fx.toFixed(2)} and ${camera.fy.toFixed(2)} px (u ${cameraUncertainty!.fx.toFixed(2)}), middle ${camera.cx.toFixed(1)}, ${camera.cy.toFixed(1)}`,
            `distortion   k1 ${camera.k1.toFixed(4)}, k2 ${camera.k2.toFixed(4)}, p1 ${camera.p1.toFixed(5)}, p2 ${camera.p2.toFixed(5)}`,
            `corners      ${reprojectionRms!.toFixed(3)} px off (rms), ${pictures.filter(({ used }) => used).length} of ${pictures.length} pictures`,
          ]
        : []),
      `plane        of ${plane.file}: ${plane.millimetresPerPixel.toFixed(5)} mm a pixel, ${plane.residualRms.toFixed(4)} mm off (rms), scale u ${(100 * plane.scaleUncertainty).toFixed(4)} %`,
      ...pictures
        .filter(({ used }) => !used)
        .map(({ file, reason }) => `not used     ${file}: ${(reason as { text?: string })?.text ?? ''}`),
      `calibration  ${calibration}`,
      `evidence     ${evidence}`,
    ].join('\n'),
};

function squaresOf(option: string): [number, number] {
  const [, columns, rows] = /^(\d{1,3})x(\d{1,3})$/i.exec(option) ?? [];
  if (Number(columns) >= 3 && Number(rows) >= 3 && Number(columns) <= 200 && Number(rows) <= 200)
    return [Number(columns), Number(rows)];
  const wanted = 'columns x rows of squares, each 3 to 200, such as 9x6';
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({ option: '--squares', value: option, wanted });
}

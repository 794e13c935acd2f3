import type { Verb } from '@millwright/kernel';
import { manuvisionErrors } from '../errors.ts';
import { numberOption } from '../reading/command/number-option.ts';
import { evidenceOption, pictureArgument, printReadings, readPictures } from '../reading/command/read-pictures.ts';
import { dialOptionsSchema } from '../reading/dial/dial-options.ts';
import { readDialMethod } from '../reading/dial/read-dial-method.ts';

/** Throws MANUVISION_OPTION_INVALID. */
function scaleOption(given: string | boolean | undefined) {
  if (given === undefined) return undefined;
  const [fromAngle, toAngle, from, to, ...more] = String(given).split(',').map(Number);
  const scale = dialOptionsSchema.shape.scale.safeParse({ fromAngle, toAngle, from, to });
  if (scale.success && more.length === 0) return scale.data;
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({
    ...{
      option: '--scale',
      value: String(given),
      wanted: 'two angles and two different figures, such as -135,135,0,16',
    },
  });
}

export const readDialVerb: Verb = {
  name: 'read dial',
  summary: 'Read analogue dials with one pointer; each picture shows one dial in its middle.',
  arguments: [pictureArgument],
  options: [
    {
      name: 'zero-angle',
      summary: 'Where the zero is, degrees clockwise from the top of the picture (0).',
      placeholder: 'DEGREES',
    },
    {
      name: 'direction',
      summary: 'Which way the figures grow (clockwise).',
      placeholder: 'clockwise|anticlockwise',
    },
    { name: 'turn', summary: 'What one turn of the pointer counts (10).', placeholder: 'NUMBER' },
    {
      name: 'scale',
      summary:
        'In place of zero and turn, the ends of a scale: its first and last angle, degrees clockwise from the top, and their figures.',
      placeholder: 'FROM-ANGLE,TO-ANGLE,FROM,TO',
    },
    { name: 'least-confidence', summary: 'Refuse below this confidence, 0 to 1 (0.7).', placeholder: 'NUMBER' },
    evidenceOption,
  ],
  run: (context) => {
    const { options } = context;
    const direction = options.direction ?? 'clockwise';
    if (direction !== 'clockwise' && direction !== 'anticlockwise')
      throw manuvisionErrors.MANUVISION_OPTION_INVALID({
        ...{ option: '--direction', value: String(direction), wanted: 'clockwise or anticlockwise' },
      });
    const given = dialOptionsSchema.parse({
      direction,
      zeroAngle: numberOption('zero-angle', options['zero-angle'], [-360, 360]),
      turn: numberOption('turn', options.turn, [1e-9, 1e9]),
      scale: scaleOption(options.scale),
      leastConfidence: numberOption('least-confidence', options['least-confidence'], [0, 1]),
    });
    return readPictures(context, readDialMethod, given);
  },
  print: printReadings,
};

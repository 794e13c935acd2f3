import { defineErrors, errorKind, type Reason, textOf } from '@millwright/kernel';

export const manuvisionMeasuringErrors = defineErrors('manuvision-measuring', {
  MANUVISION_PLAN_INVALID: errorKind<{ file: string; where: string; reason: string }>({
    status: 400,
    message: ({ file, where, reason }) => `The measuring plan ${file} cannot be used: ${where}: ${reason}.`,
    remedy: 'Correct it; `millwright manuvision measure schema` prints what a plan may hold.',
  }),
  MANUVISION_CALIBRATION_INVALID: errorKind<{ file: string; where: string; reason: string }>({
    status: 400,
    message: ({ file, where, reason }) => `The calibration ${file} cannot be used: ${where}: ${reason}.`,
    remedy: 'Make one with `millwright manuvision measure calibrate`.',
  }),
  MANUVISION_MEASURING_PICTURES_MISSING: errorKind<{ path: string }>({
    status: 400,
    message: ({ path }) => `There are no pictures in ${path}.`,
    remedy: 'Name a picture, or a folder with JPEG, PNG, WebP, TIFF or BMP files.',
  }),
  MANUVISION_BOARD_NOT_FOUND: errorKind<{ pictures: number; columns: number; rows: number; seen: Reason }>({
    status: 422,
    message: ({ pictures, columns, rows, seen }) =>
      `A checkerboard of ${columns} x ${rows} squares was found in none of ${pictures} pictures; ${textOf(seen)}.`,
    remedy:
      'Count the squares (not the corners between them), show the whole board with a bright border, sharp and evenly lit.',
  }),
  MANUVISION_BOARD_NOT_ON_PLANE: errorKind<{ file: string; reason: Reason }>({
    status: 422,
    message: ({ file, reason }) =>
      `The picture ${file}, which says where the measuring plane is, cannot be used: ${textOf(reason)}.`,
    remedy: 'Take one picture of the whole board lying where the parts lie, and name it with --plane.',
  }),
  MANUVISION_CALIBRATION_UNDETERMINED: errorKind<{ pictures: number }>({
    status: 422,
    message: ({ pictures }) => `The ${pictures} pictures with a board do not determine the camera.`,
    remedy:
      'Tilt the board by 20 to 45 degrees to different sides in at least three pictures, or give fewer than three to calibrate the plane alone.',
  }),
  MANUVISION_SIZES_MIXED: errorKind<{
    file: string;
    width: number;
    height: number;
    wantedWidth: number;
    wantedHeight: number;
  }>({
    status: 422,
    message: ({ file, width, height, wantedWidth, wantedHeight }) =>
      `${file} has ${width} x ${height} pixels, the others ${wantedWidth} x ${wantedHeight}.`,
    remedy: 'Calibrate with pictures of one camera and one size.',
  }),
  MANUVISION_STUDY_TOO_SMALL: errorKind<{ parts: number; trials: number }>({
    status: 422,
    message: ({ parts, trials }) =>
      `The study has ${parts} part(s), measured ${trials} time(s) each; it needs at least two parts, measured twice.`,
    remedy: 'Measure 10 parts by 3 operators 3 times each, as AIAG advises, or at least 2 parts twice.',
  }),
  MANUVISION_STUDY_UNBALANCED: errorKind<{ part: string; operator: string; count: number; wanted: number }>({
    status: 422,
    message: ({ part, operator, count, wanted }) =>
      `Part ${part} was measured ${count} time(s) by ${operator}, others ${wanted} times.`,
    remedy: 'Let each operator measure each part equally often.',
  }),
  MANUVISION_STUDY_REFUSED: errorKind<{ file: string; name: string; reason: Reason }>({
    status: 422,
    message: ({ file, name, reason }) => `"${name}" was not measured in ${file}: ${textOf(reason)}.`,
    remedy: 'Correct the plan, or take that picture again.',
  }),
  MANUVISION_STUDY_WITHOUT_PLAN: errorKind<{ inspection: string }>({
    status: 409,
    message: ({ inspection }) => `The inspection ${inspection} has no measuring plan.`,
    remedy: 'Take an inspection of the kind measuring, and say in its settings what is measured.',
  }),
  MANUVISION_STUDY_INVALID: errorKind<{ file: string; line: number; reason: string }>({
    status: 400,
    message: ({ file, line, reason }) => `${file}, line ${line}: ${reason}.`,
    remedy: 'A study is a CSV file with the columns part, operator and value, and optionally feature.',
  }),
});

import {
  applyTransform,
  calibrateCamera,
  directionOf,
  distanceBetween,
  findCheckerboard,
  fitHomography,
  invertTransform,
  type Plane,
  type Point,
  type Pose,
  rotationMatrix,
  type Transform,
} from '@millwright/imaging';
import type { Note } from '@millwright/kernel';
import type { Calibration } from './calibration.ts';
import { calibrationNotes } from './calibration-notes.ts';
import { manuvisionMeasuringErrors } from './errors.ts';

export interface CalibrationTask {
  /** Squares in a row, and rows of them. */
  readonly squares: readonly [number, number];
  readonly squareMm: number;
  /** Standard uncertainty of a square's side. */
  readonly squareUncertaintyMm: number;
  /** Name of the picture of the board lying where parts lie; left out, the first that shows the board. */
  readonly plane?: string;
}

export interface BoardPicture {
  readonly name: string;
  read(): Promise<Plane>;
}

/** Fewer views than this do not determine a camera. */
const fewestViews = 3;

/**
 * Calibrates the camera and the plane that is measured on from pictures of a checkerboard. With fewer than three pictures
 * it calibrates the plane alone, by a homography, which leaves the lens's distortion in.
 *
 * Throws MANUVISION_BOARD_NOT_FOUND, MANUVISION_BOARD_NOT_ON_PLANE, MANUVISION_SIZES_MIXED, MANUVISION_CALIBRATION_UNDETERMINED.
 */
export async function calibratePictures(
  pictures: readonly BoardPicture[],
  task: CalibrationTask,
  { signal, progress }: { signal: AbortSignal; progress(fraction: number, message?: string): void },
): Promise<Calibration> {
  const [columns, rows] = [task.squares[0] - 1, task.squares[1] - 1];
  const board = Array.from({ length: columns * rows }, (_, at) => ({
    x: (at % columns) * task.squareMm,
    y: Math.floor(at / columns) * task.squareMm,
  }));
  const views: { name: string; corners: readonly Point[] }[] = [];
  const unused = new Map<string, Note>();
  let size: { width: number; height: number } | undefined;
  let seen = { columns: 0, rows: 0 };
  for (const [at, picture] of pictures.entries()) {
    signal.throwIfAborted();
    progress((0.9 * at) / pictures.length, picture.name);
    const plane = await readable(picture, unused);
    if (!plane) continue;
    size ??= { width: plane.width, height: plane.height };
    const { width, height } = plane;
    if (width !== size.width || height !== size.height)
      throw manuvisionMeasuringErrors.MANUVISION_SIZES_MIXED({
        ...{ file: picture.name, width, height, wantedWidth: size.width, wantedHeight: size.height },
      });
    const found = findCheckerboard(plane, columns, rows);
    if (found.corners) views.push({ name: picture.name, corners: found.corners });
    else unused.set(picture.name, boardNote(found));
    if (found.columns * found.rows > seen.columns * seen.rows) seen = found;
  }
  if (views.length === 0)
    throw manuvisionMeasuringErrors.MANUVISION_BOARD_NOT_FOUND({
      ...{ pictures: pictures.length, columns: task.squares[0], rows: task.squares[1] },
      seen: boardNote(seen),
    });
  const on = views.findIndex(({ name }) => task.plane === undefined || name === task.plane);
  if (on < 0) {
    const reason = unused.get(task.plane!) ?? calibrationNotes['not-among']();
    throw manuvisionMeasuringErrors.MANUVISION_BOARD_NOT_ON_PLANE({ file: task.plane!, reason });
  }
  const { width, height } = size!;
  const camera =
    views.length < fewestViews
      ? undefined
      : calibrateCamera(
          board,
          views.map(({ corners }) => corners),
          width,
          height,
        );
  if (!camera && views.length >= fewestViews)
    throw manuvisionMeasuringErrors.MANUVISION_CALIBRATION_UNDETERMINED({ pictures: views.length });
  const places = views[on]!.corners.map((corner) => (camera ? directionOf(camera.camera, corner) : corner));
  const homography = camera ? planeTransform(camera.poses[on]!) : fitHomography(places, board);
  if (!homography) throw manuvisionMeasuringErrors.MANUVISION_CALIBRATION_UNDETERMINED({ pictures: views.length });
  const rmsOf = new Map(views.map(({ name }, at) => [name, camera?.viewRms[at] ?? null]));
  const [x, y] = [(width - 1) / 2, (height - 1) / 2];
  const map = (place: Point) => applyTransform(homography, camera ? directionOf(camera.camera, place) : place);
  return {
    ...{ format: 1, width, height, squares: [...task.squares], squareMm: task.squareMm },
    squareUncertaintyMm: task.squareUncertaintyMm,
    ...{ camera: camera?.camera ?? null, cameraUncertainty: camera?.uncertainty ?? null },
    reprojectionRms: camera?.rms ?? null,
    pictures: pictures.map(({ name }) => ({
      ...{ file: name, used: rmsOf.has(name), rms: rmsOf.get(name) ?? null },
      ...(unused.has(name) ? { reason: unused.get(name) } : {}),
    })),
    plane: {
      file: views[on]!.name,
      homography: [...homography],
      millimetresPerPixel: distanceBetween(map({ x: x - 0.5, y }), map({ x: x + 0.5, y })),
      ...residualsOf(
        board,
        places.map((place) => applyTransform(homography, place)),
        task,
      ),
    },
  };
}

async function readable(picture: BoardPicture, unused: Map<string, Note>): Promise<Plane | undefined> {
  try {
    return await picture.read();
  } catch (error) {
    if (!String((error as { code?: string }).code).startsWith('IMAGING_')) throw error;
    unused.set(picture.name, calibrationNotes.unreadable({ reason: (error as Error).message.replace(/\.$/, '') }));
    return undefined;
  }
}

const boardNote = ({ columns, rows }: { columns: number; rows: number }): Note =>
  columns > 1 && rows > 1
    ? calibrationNotes['other-board']({ columns: columns + 1, rows: rows + 1 })
    : calibrationNotes['no-board']();

/** Directions at unit distance to places on the board. */
function planeTransform({ rotation, translation }: Pose): Transform | undefined {
  const m = rotationMatrix(rotation);
  const [tx, ty, tz] = translation;
  return invertTransform([m[0]!, m[1]!, tx, m[3]!, m[4]!, ty, m[6]!, m[7]!, tz]);
}

/** How far mapped corners are off, and how sure that makes the scale: its standard error in a fit of shift, turn and scale. */
function residualsOf(board: readonly Point[], mapped: readonly Point[], task: CalibrationTask) {
  const middle = { x: 0, y: 0 };
  for (const { x, y } of board) {
    middle.x += x / board.length;
    middle.y += y / board.length;
  }
  let [squares, spread] = [0, 0];
  for (const [at, point] of board.entries()) {
    squares += distanceBetween(point, mapped[at]!) ** 2;
    spread += distanceBetween(point, middle) ** 2;
  }
  const perCoordinate = Math.sqrt(squares / Math.max(2 * board.length - 4, 1));
  return {
    residualRms: Math.sqrt(squares / board.length),
    scaleUncertainty: Math.hypot(perCoordinate / Math.sqrt(spread), task.squareUncertaintyMm / task.squareMm),
  };
}

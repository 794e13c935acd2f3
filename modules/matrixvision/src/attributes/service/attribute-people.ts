import type { Blobs } from '@millwright/blobs';
import { type Actor, type Clock, isAllowed, requirePermission } from '@millwright/kernel';
import { cameraErrors } from '../../camera-errors.ts';
import type { CameraService } from '../../cameras/service.ts';
import { eventFilter } from '../../events/schemas.ts';
import type { EventService } from '../../events/service.ts';
import { isCoveredFor } from '../../privacy/is-covered-for.ts';
import type { LookLog } from '../../privacy/look-log.ts';
import type { SeenPeople } from '../../runtime/watched-camera.ts';
import type { AttributeExampleRow, AttributeRow, CameraRow, EventRow, ExampleSource } from '../../schema.ts';
import { attributeErrors } from '../errors.ts';
import type { BodyPart } from '../parts/body-part.ts';
import { type PersonSeen, viewPart } from '../parts/view-part.ts';
import { cutOut } from '../pictures/cut-out.ts';
import type { Shown } from '../pictures/patch-file.ts';
import type { AttributeRepository } from './repository.ts';
import type { Candidates, ExampleInput, LookAnswer } from './schemas.ts';
import { shownInPixels } from './shown-in-pixels.ts';
import { type Sighting, Sightings } from './sightings.ts';

/** What adding an example found out about it. */
export interface Prepared {
  readonly picture: string;
  readonly fileName: string;
  readonly group: string;
  readonly source: ExampleSource;
  readonly shown: Shown;
  /** Whether box and pose are in fractions of the picture instead of its pixels. */
  readonly fractions: boolean;
}

/** What a person is looked for in: somebody in the picture of an event, or cut out of a camera's. */
type Found =
  | { readonly kind: 'event'; readonly event: EventRow; readonly cameraName: string; readonly camera: CameraRow }
  | { readonly kind: 'camera'; readonly sighting: Sighting; readonly camera: CameraRow };

interface Parts {
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly seen: EventService;
  readonly cameras: CameraService;
  readonly looks: LookLog;
  readonly repository: AttributeRepository;
}

/** People who are examples of an attribute, or could be: whom events and cameras show, and who may see them. */
export class AttributePeople {
  #parts: Parts;
  #sightings = new Sightings();
  /** Who is seen on a camera now. Set by the runtime; a one-off command has none. */
  seenOn: (cameraId: string) => Promise<SeenPeople | undefined> = async () => undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * People at the site who are no examples yet, newest first: those whom cameras saw when they were last looked at, then
   * those of events with a picture. Cameras that cover people for who asks are left out, and named.
   */
  async candidates(actor: Actor, row: AttributeRow, filter: { camera?: string | undefined }): Promise<Candidates> {
    const { shown, covered } = await this.#camerasOf(actor, row);
    const used = new Set(
      (await this.#parts.repository.examples(row.id)).flatMap(({ source }) =>
        source.kind === 'event' ? [source.eventId] : source.kind === 'camera' ? [source.sightingId] : [],
      ),
    );
    const isWanted = (one: { id: string; cameraId: string }) =>
      !used.has(one.id) && shown.has(one.cameraId) && (filter.camera ?? one.cameraId) === one.cameraId;
    const seen = this.#sightings
      .list(this.#parts.clock.now().getTime())
      .filter((sighting) => isWanted(sighting) && shows(sighting, row.part));
    const asked = eventFilter.parse({ site: row.site_id, camera: filter.camera, limit: 300 });
    const { items } = await this.#parts.seen.list(actor, asked);
    return {
      items: [
        ...seen.map(({ id: sightingId, cameraId, time }) => ({
          ...{ id: sightingId, kind: 'camera' as const, cameraId, cameraName: shown.get(cameraId)!.name },
          at: new Date(time).toISOString(),
        })),
        ...items
          .filter((event) => event.label === 'person' && event.hasPicture && event.details.box && isWanted(event))
          .map(({ id: eventId, cameraId, cameraName, at }) => ({
            ...{ id: eventId, kind: 'event' as const, cameraId, cameraName, at },
          })),
      ],
      covered: covered.map(({ name }) => name),
    };
  }

  /** Looks at the cameras now: who is seen is cut out and is a candidate for the next minutes. Boxes' cameras have events only. */
  async look(actor: Actor, row: AttributeRow, { camera }: { camera?: string | undefined }): Promise<LookAnswer> {
    const { shown } = await this.#camerasOf(actor, row);
    const now = this.#parts.clock.now().getTime();
    let [cameras, found] = [0, 0];
    for (const cameraId of shown.keys()) {
      if (camera !== undefined && camera !== cameraId) continue;
      const people = await this.seenOn(cameraId);
      if (!people) continue;
      cameras += 1;
      found += this.#sightings.add(cameraId, people, now);
    }
    return { cameras, found };
  }

  /** A candidate cut out of its picture, JPEG. */
  async picture(actor: Actor, attribute: AttributeRow, candidateId: string): Promise<Uint8Array> {
    const found = await this.#find(actor, attribute, candidateId);
    await this.#parts.looks.record(actor, found.camera, 'pictures', false);
    if (found.kind === 'camera') return found.sighting.jpeg;
    const { picture, details } = found.event;
    if (picture === null || !details.box) throw cameraErrors.EVENT_PICTURE_MISSING({ id: candidateId });
    return cutOut(await this.#parts.blobs.read(picture), details.box);
  }

  /** The picture of an example to be, and where in it the person is. Throws what asking for a candidate does, ATTRIBUTE_UPLOAD_UNKNOWN. */
  async prepare(actor: Actor, attribute: AttributeRow, input: ExampleInput): Promise<Prepared> {
    if ('eventId' in input) return ofFound(await this.#find(actor, attribute, input.eventId), this.#parts.blobs);
    if ('sightingId' in input) return ofFound(await this.#find(actor, attribute, input.sightingId), this.#parts.blobs);
    const { picture, fileName, shows, box, keypoints, group = picture } = input;
    if (!(await this.#parts.blobs.has(picture))) throw attributeErrors.ATTRIBUTE_UPLOAD_UNKNOWN({ hash: picture });
    const person = { ...(box && { box }), ...(keypoints && { keypoints }) };
    const shown: Shown = shows === 'part' ? { shows } : { shows, ...person };
    return { picture, fileName, group, source: { kind: 'upload', shows }, shown, fractions: false };
  }

  /** A candidate whose people may be seen by who asks. Throws EVENT_UNKNOWN, also for a sighting that is forgotten by now. */
  async #find(actor: Actor, attribute: AttributeRow, id: string): Promise<Found> {
    const { cameras, clock, seen } = this.#parts;
    const sighting = this.#sightings.byId(id, clock.now().getTime());
    const named = sighting ? undefined : await seen.repository.byId(id);
    if (!sighting && !named) throw cameraErrors.EVENT_UNKNOWN({ id });
    const camera = await cameras.row(actor, sighting?.cameraId ?? named!.event.camera_id);
    requirePermission(actor, 'matrixvision.video.read', camera.site_id);
    if (isCoveredFor(actor, camera)) requirePermission(actor, 'matrixvision.identity.read', camera.site_id);
    // An attribute of one site shows nothing of another.
    if (camera.site_id !== attribute.site_id) throw cameraErrors.EVENT_UNKNOWN({ id });
    if (sighting) return { kind: 'camera', sighting, camera };
    return { kind: 'event', ...named!, camera };
  }

  /** The cameras of the site whose people may be seen by who asks, and those on which they are covered. */
  async #camerasOf(
    actor: Actor,
    { site_id: siteId }: AttributeRow,
  ): Promise<{ shown: Map<string, CameraRow>; covered: CameraRow[] }> {
    requirePermission(actor, 'matrixvision.video.read', siteId);
    const rows = (await this.#parts.cameras.rows(actor)).filter((row) => row.site_id === siteId);
    const covered = rows.filter((row) => isCoveredFor(actor, row));
    return { shown: new Map(rows.filter((row) => !covered.includes(row)).map((row) => [row.id, row])), covered };
  }

  /** Of which examples the picture may not be seen: whoever may not see video sees none, and people of a camera that covers them are covered here too. */
  async hidden(actor: Actor, attribute: AttributeRow, rows: readonly AttributeExampleRow[]): Promise<Set<string>> {
    const { cameras, seen } = this.#parts;
    const sees = ['matrixvision.video.read', 'matrixvision.camera.read'].every((right) =>
      isAllowed(actor, right, attribute.site_id),
    );
    if (!sees) return new Set(rows.map(({ id }) => id));
    const events = await seen.repository.camerasOf(
      rows.flatMap(({ source }) => (source.kind === 'event' ? [source.eventId] : [])),
    );
    const cameraOf = ({ source }: AttributeExampleRow) =>
      source.kind === 'camera' ? source.cameraId : source.kind === 'event' ? events.get(source.eventId) : undefined;
    const covered = new Set<string>();
    for (const cameraId of new Set(rows.map(cameraOf)))
      if (cameraId !== undefined && isCoveredFor(actor, await cameras.row(actor, cameraId))) covered.add(cameraId);
    return new Set(rows.filter((row) => covered.has(cameraOf(row) ?? '')).map(({ id }) => id));
  }
}

/** One person in one run of the tracker is one group; an event without a track stands for itself. */
async function ofFound(found: Found, blobs: Blobs): Promise<Prepared> {
  if (found.kind === 'camera') {
    const { id: sightingId, cameraId, runId, track, jpeg, box, keypoints, time } = found.sighting;
    // Only now, since it was clicked, it is kept.
    const { hash: picture } = await blobs.put(jpeg, { mediaType: 'image/jpeg' });
    return {
      ...{ picture, fileName: `${sightingId}.jpg`, group: `${cameraId} ${runId} ${track}` },
      source: { kind: 'camera', sightingId, cameraId, at: new Date(time).toISOString() },
      ...{ shown: { shows: 'person', box, ...(keypoints && { keypoints }) }, fractions: true },
    };
  }
  const { id: eventId, picture, camera_id, run_id, tracks, details } = found.event;
  if (picture === null) throw cameraErrors.EVENT_PICTURE_MISSING({ id: eventId });
  return {
    ...{ picture, fileName: `${eventId}.jpg`, source: { kind: 'event', eventId } },
    group: tracks[0] === undefined ? eventId : `${camera_id} ${run_id} ${tracks[0]}`,
    ...{ shown: { shows: 'person', ...(details.box && { box: details.box }) }, fractions: true },
  };
}

/** Whether the part can be judged on somebody whom a camera saw; who is too small or cut off is not worth a click. */
function shows({ box, keypoints, size }: Sighting, part: BodyPart): boolean {
  const shown = shownInPixels({ shows: 'person', box, ...(keypoints && { keypoints }) }, size) as PersonSeen;
  return viewPart(part, shown, size).regions.length > 0;
}

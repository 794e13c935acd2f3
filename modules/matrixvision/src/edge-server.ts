import type { Blobs } from '@millwright/blobs';
import type { EdgeDocument } from '@millwright/cloud';
import type { EdgePartServer, ReceivedEdgeMessage } from '@millwright/cloud/server';
import type { ProviderName } from '@millwright/inference';
import { problemsOf } from '@millwright/kernel';
import type { z } from 'zod';
import type { AttributeService } from './attributes/service/service.ts';
import { cameraErrors } from './camera-errors.ts';
import type { CameraService } from './cameras/service.ts';
import { settingsOf } from './cameras/service.ts';
import {
  boxFields,
  type EdgeCamera,
  edgeChunkSchema,
  edgeClipSchema,
  edgeFoundSchema,
  edgeMessageSchema,
} from './edge-contract.ts';
import { EdgeFiles } from './edge-files.ts';
import type { ModelService } from './models/service.ts';
import { analysisActor, type FindingStore } from './runtime/finding-store.ts';
import { needsPoses } from './runtime/needs-poses.ts';
import { watchedFromRow } from './runtime/watched-from-row.ts';

interface Parts {
  readonly cameras: CameraService;
  readonly attributes: AttributeService;
  readonly store: FindingStore;
  readonly models: ModelService;
  readonly blobs: Blobs;
  /** Folder that networks are kept in. */
  readonly folder: string;
  readonly providers: readonly ProviderName[];
}

/** The server's half of cameras that run on edge boxes: which they are, and what they found. */
export function matrixvisionOnBoxes(parts: Parts): EdgePartServer {
  const { cameras, attributes, models, store, blobs, folder, providers } = parts;
  return {
    name: 'matrixvision',
    boxFields,
    async desired(box) {
      const rows = (await cameras.rows(analysisActor)).filter(({ box_id, enabled }) => box_id === box.id && enabled);
      const files = new EdgeFiles({ blobs, models, folder });
      const watched: EdgeCamera[] = [];
      for (const row of rows) {
        const rules = await cameras.rules(analysisActor, row.id);
        const told = await attributes.inUse(analysisActor, row.site_id, row.id);
        const { source, detection } = settingsOf(row);
        // On the box a file lies where the box keeps it.
        const { attributes: _, ...camera } = watchedFromRow(row, rules, [], { localPath: (hash) => hash });
        const named = [];
        for (const one of told) named.push(await files.addAttribute(one));
        await files.addDetector(detection.model);
        if (needsPoses(told, rules.rules)) await files.addBundled('movenet');
        if (source.type === 'file') await files.add(source.blob, source.fileName);
        const file = source.type === 'file' && { file: source.blob };
        watched.push({ ...camera, attributes: named, name: row.name, ...file });
      }
      const { networks, blobs: wanted } = files;
      const document = { cameras: watched, models: files.models, networks, providers };
      return { document: JSON.parse(JSON.stringify(document)) as EdgeDocument, blobs: wanted };
    },
    async receive(_actor, message) {
      const { cameraId } = checked(edgeMessageSchema, message);
      const row = await cameras.row(analysisActor, cameraId);
      if (row.box_id !== message.box.id && row.site_id !== message.box.siteId)
        throw cameraErrors.CAMERA_UNKNOWN({ camera: cameraId, known: [] });
      const file = (name: string) => hashOf(message, name);
      switch (message.kind) {
        case 'found':
          return store.found(row, {
            ...checked(edgeFoundSchema, message),
            picture: file('picture.jpg'),
            covered: file('picture-covered.jpg'),
          });
        case 'clip':
          return store.clip(row.id, {
            ...checked(edgeClipSchema, message),
            clip: file('clip.mp4'),
            // The fleet page counts them; the event says it of its own.
            ...(message.dropped?.some(({ name }) => name === 'clip.mp4') && { code: 'given-up' }),
          });
        case 'chunk': {
          const blob = message.blobs.find(({ name }) => name === 'tracks.mwt');
          // Dropped to keep the box's disk budget: the fleet page says so.
          if (!blob) return;
          const chunk = checked(edgeChunkSchema, message);
          return store.chunk(row.id, { ...chunk, blob: blob.sha256, bytes: blob.bytes });
        }
      }
    },
  };
}

const hashOf = ({ blobs }: ReceivedEdgeMessage, wanted: string): string | null =>
  blobs.find(({ name }) => name === wanted)?.sha256 ?? null;

/** What is no message of ours is put aside for a person to look at; sending it again would not mend it. */
function checked<T>(schema: z.ZodType<T>, { kind, payload }: ReceivedEdgeMessage): T {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw cameraErrors.EDGE_MESSAGE_INVALID({ kind, problems: problemsOf(parsed.error) });
}

import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Blobs } from '@millwright/blobs';
import { pictureForm, pngBytes, readPicture } from '@millwright/imaging';
import type { Actor } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { DatasetService } from '../service/service.ts';
import type { FrozenPicture } from '../versions/frozen-dataset.ts';
import type { DatasetVersionService } from '../versions/service.ts';
import { type ExportReport, endingOf, layOut, type PictureToWrite } from '../writers/lay-out.ts';
import { zipFiles } from '../writers/zip-files.ts';
import type { ExportQuery } from './schemas.ts';

interface ExportParts {
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly datasets: DatasetService;
  readonly datasetVersions: DatasetVersionService;
}

/** Where cameras note a rotation in a JPEG, which is among its first segments. */
const headBytes = 256 * 1024;

/** Data sets of the server in the formats of others. */
export class DatasetExportService {
  #parts: ExportParts;
  constructor(parts: ExportParts) {
    this.#parts = parts;
  }

  /** What an export would hold, and what its format cannot say; no picture is read as a whole. */
  async report(actor: Actor, id: string, query: ExportQuery): Promise<ExportReport> {
    return (await this.#layOut(actor, id, query)).report;
  }

  /** A ZIP that is made while it is taken. Who took it is recorded. */
  async zip(actor: Actor, id: string, query: ExportQuery): Promise<{ name: string; content: Readable }> {
    const { datasets, ledger } = this.#parts;
    const { name, site_id: siteId } = await datasets.row(actor, id, 'read');
    const { files, report } = await this.#layOut(actor, id, query);
    const content = { format: query.format, version: query.version ?? null, pictures: report.pictures };
    await ledger.record(actor, { type: 'manuvision.dataset-export', subject: id, siteId, content });
    const plain =
      name
        .normalize('NFKD')
        .replaceAll(/[^\w.-]+/g, '-')
        .replaceAll(/^-+|-+$/g, '') || 'data-set';
    return { name: `${plain}-${query.format}.zip`, content: zipFiles(files) };
  }

  async #layOut(actor: Actor, id: string, { format, version }: ExportQuery) {
    const pictures = await this.#parts.datasetVersions.labelledPictures(actor, id, version);
    const byName = [...pictures].sort((a, b) => (a.fileName < b.fileName ? -1 : a.fileName > b.fileName ? 1 : 0));
    const toWrite: PictureToWrite[] = [];
    for (const picture of byName) toWrite.push(await this.#toWrite(picture));
    return layOut(format, toWrite);
  }

  async #toWrite({ hash, class: className, ...picture }: FrozenPicture): Promise<PictureToWrite> {
    const { blobs } = this.#parts;
    const { fileName: name, width, height, label, group, regions, reading } = picture;
    const head = /\.jpe?g$/i.test(name) ? await buffer(await blobs.get(hash, { end: headBytes - 1 })) : undefined;
    const form =
      head || !/\.(png|webp|bmp|gif)$/i.test(name)
        ? await pictureForm(head ?? (await blobs.read(hash)), name)
        : undefined;
    const turned = form?.turned ?? false;
    return {
      ...{ name, width, height, label, className, group, regions, reading, half: null },
      ending: turned ? '.png' : endingOf(name, form?.ending ?? ''),
      ...(turned ? { rewritten: 'upright' as const } : {}),
      read: async () => {
        const bytes = await blobs.read(hash);
        return turned ? pngBytes(await readPicture(bytes, { name })) : bytes;
      },
    };
  }
}

import { resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { groupPattern } from '../datasets/group-pattern.ts';
import type { LeftOut } from '../datasets/notes.ts';
import { openSource } from '../datasets/open-source.ts';
import { picturesToWrite } from '../datasets/pictures-to-write.ts';
import { dataSetFormats } from '../datasets/writers/formats.ts';
import { layOut, type PictureToWrite } from '../datasets/writers/lay-out.ts';
import { writeSet } from '../datasets/writers/write-set.ts';
import { type ExportAnswer, exportAnswer, type Line, printExport, toLine, writeOptions } from './export-answer.ts';
import { choiceOption } from './options.ts';

interface Answer extends ExportAnswer {
  readonly leftOut: readonly Line[];
}

export const datasetsConvertVerb: Verb = {
  name: 'datasets convert',
  summary: 'Write pictures and labels of files in another format; needs no server.',
  arguments: [
    { name: 'PICTURES', summary: 'Folder or ZIP: class folders, mask pairs, MVTec AD, COCO, YOLO or Pascal VOC.' },
  ],
  options: [
    ...writeOptions,
    {
      name: 'masks',
      summary: 'Masks, named as their pictures, where they do not lie beside them.',
      placeholder: 'DIR',
    },
    {
      name: 'group',
      summary: 'Pattern whose first group is the part or lot in a picture’s name; these are never parted.',
      placeholder: 'PATTERN',
    },
  ],
  async run({ arguments: given, options, signal, progress }) {
    const format = choiceOption('--format', options.format, dataSetFormats);
    const out = resolve(String(options.out));
    const group = groupPattern(options.group === undefined ? undefined : String(options.group));
    const source = await openSource(resolve(given.PICTURES!));
    const masks = options.masks === undefined ? undefined : await openSource(resolve(String(options.masks)));
    try {
      const leftOut: LeftOut[] = [];
      const pictures: PictureToWrite[] = [];
      const reading = { signal, progress: (done: number, name?: string) => progress(done / 2, name) };
      const how = { half: 'both' as const, ...(masks && { masks }), ...group };
      for await (const picture of picturesToWrite(source, how, leftOut, reading)) pictures.push(picture);
      const { files, report } = layOut(format, pictures);
      await writeSet(files, out, { signal, progress: (done, name) => progress((1 + done) / 2, name) });
      return {
        ...exportAnswer(report, out),
        leftOut: leftOut.map(toLine),
      } satisfies Answer;
    } finally {
      await source.close();
      await masks?.close();
    }
  },
  print: (answer: Answer) => printExport(answer, answer.leftOut),
};

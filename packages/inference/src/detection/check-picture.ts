import type { Note } from '@millwright/kernel';
import type { CardInput } from '../card/input.ts';
import type { ImageInput } from '../detector.ts';
import { inferenceErrors } from '../errors.ts';
import { inferenceNotes } from '../notes.ts';

/** Refuses a picture that the network cannot take, before its bytes reach code that does not look. */
export function checkPicture({ width, height, format, data }: ImageInput, { size }: Pick<CardInput, 'size'>): void {
  if (format !== 'rgb24') throw invalid(inferenceNotes['picture-format']({ format }));
  const fits =
    'multiple' in size ? isMultiple(width, height, size.multiple) : width === size.width && height === size.height;
  if (!fits) {
    const expected = 'multiple' in size ? `multiples of ${size.multiple}` : `${size.width} by ${size.height}`;
    throw invalid(inferenceNotes['picture-size']({ width, height, expected }));
  }
  const expected = width * height * 3;
  if (data.length !== expected) throw invalid(inferenceNotes['picture-bytes']({ actual: data.length, expected }));
}

const isMultiple = (width: number, height: number, multiple: number): boolean =>
  [width, height].every((length) => length > 0 && length <= 4096 && length % multiple === 0);

const invalid = (reason: Note) => inferenceErrors.INFERENCE_PICTURE_INVALID({ reason });

import { defineErrors, errorKind } from '@millwright/kernel';

export const imagingErrors = defineErrors('imaging', {
  IMAGING_PICTURE_MISSING: errorKind<{ path: string }>({
    status: 404,
    message: ({ path }) => `There is no picture at ${path}.`,
    remedy: 'Check the path.',
  }),
  IMAGING_PICTURE_UNREADABLE: errorKind<{ path: string; reason: string }>({
    status: 422,
    message: ({ path, reason }) => `${path} cannot be read as a picture: ${reason}.`,
    remedy: 'Give a JPEG, PNG, WebP, TIFF, GIF or BMP file that opens in a viewer.',
  }),
  IMAGING_PICTURE_TOO_LARGE: errorKind<{ path: string; width: number; height: number; limit: number }>({
    status: 413,
    message: ({ path, width, height, limit }) =>
      `${path} has ${width} x ${height} pixels, more than the ${limit} that are allowed.`,
    remedy: 'Cut or shrink it before, or allow more pixels.',
  }),
});

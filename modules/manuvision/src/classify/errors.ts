import { defineErrors, errorKind } from '@millwright/kernel';

export const classifyErrors = defineErrors('manuvision-classes', {
  MANUVISION_CLASSES_NO_PICTURES: errorKind<{ folder: string }>({
    status: 422,
    message: ({ folder }) => `There are no pictures in ${folder}.`,
    remedy:
      'Give a folder with a sub-folder of pictures for each class, or with pictures named CLASS_1.jpg, CLASS_2.jpg, ….',
  }),
  MANUVISION_CLASSES_TOO_FEW: errorKind<{ folder: string; classes: readonly string[] }>({
    status: 422,
    message: ({ folder, classes }) =>
      `In ${folder} there is only one class (${classes}), so there is nothing to tell apart.`,
    remedy:
      'Give a sub-folder of pictures for each of two or more classes, or pictures named CLASS_1.jpg, CLASS_2.jpg, ….',
  }),
  MANUVISION_CLASS_TOO_SMALL: errorKind<{ className: string; count: number; wanted: number }>({
    status: 422,
    message: ({ className, count, wanted }) =>
      `The class ${className} has ${count} readable pictures, and ${wanted} are needed.`,
    remedy: 'Add pictures of this class, or ask for fewer with --shots.',
  }),
  MANUVISION_COARSE_EMPTY: errorKind<{ file: string }>({
    status: 422,
    message: ({ file }) => `${file} labels none of the pictures.`,
    remedy: 'Give lines of a picture (or the class in its name), a comma, and its coarse class.',
  }),
});

import { defineErrors, errorKind, type Problem, type Reason } from '@millwright/kernel';

/** What teaching and using attributes can refuse. */
export const attributeErrors = defineErrors('matrixvision-attribute', {
  ATTRIBUTE_UNKNOWN: errorKind<{ attribute: string }>({
    status: 404,
    message: ({ attribute }) => `There is no attribute ${attribute}.`,
    remedy: 'List them with GET /api/matrixvision/attributes.',
  }),
  ATTRIBUTE_EXISTS: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `The site has an attribute ${name} already.`,
    remedy: 'Add examples to it, or take another name.',
  }),
  ATTRIBUTE_EXAMPLE_UNKNOWN: errorKind<{ example: string }>({
    status: 404,
    message: ({ example }) => `There is no example ${example} of this attribute.`,
    remedy: 'Load the examples again: somebody else may have taken it away.',
  }),
  ATTRIBUTE_EXAMPLE_TWICE: errorKind<{ attribute: string }>({
    status: 409,
    message: ({ attribute }) => `The very same picture is an example of ${attribute} already.`,
    remedy: 'Change the label of the one that is there, or take another picture.',
  }),
  ATTRIBUTE_UPLOAD_UNKNOWN: errorKind<{ hash: string }>({
    status: 404,
    message: ({ hash }) => `No picture with the hash ${hash} was uploaded.`,
    remedy: 'Upload the picture first with POST /api/matrixvision/attributes/pictures.',
  }),
  ATTRIBUTE_PICTURE_UNREADABLE: errorKind<{ file: string; reason: Reason }>({
    status: 422,
    message: ({ file, reason }) => `The picture ${file} cannot be read: ${reason}.`,
    remedy: 'Give JPEG, PNG, WebP, TIFF or GIF, at least 8 pixels wide and high.',
  }),
  ATTRIBUTE_FOLDER_EMPTY: errorKind<{ folder: string }>({
    status: 422,
    message: ({ folder }) => `The folder ${folder} has no pictures in it.`,
    remedy: 'Put pictures that show the attribute into FOLDER/with and others into FOLDER/without.',
  }),
  ATTRIBUTE_VERSION_UNKNOWN: errorKind<{ name: string; version: number }>({
    status: 404,
    message: ({ name, version }) => `The attribute ${name} has no version ${version}.`,
    remedy: 'List its versions, or teach it first.',
  }),
  ATTRIBUTE_ONE_CLASS: errorKind<{ present: number; absent: number }>({
    status: 422,
    message: ({ present, absent }) =>
      `There are ${present} examples with the attribute and ${absent} without; both are needed to tell them apart.`,
    remedy: 'Add at least two of each; 10 to 30 of each make it useful.',
  }),
  ATTRIBUTE_TOO_MANY: errorKind<{ count: number; most: number }>({
    status: 422,
    message: ({ count, most }) => `There are ${count} examples; at most ${most} are used.`,
    remedy: 'Keep those that differ most: other people, places and light.',
  }),
  ATTRIBUTE_MODEL_INVALID: errorKind<{ problems: readonly Problem[] }>({
    status: 422,
    message: ({ problems }) => `The attribute model is not usable: ${problems.slice(0, 5).join('; ')}.`,
    remedy: 'Take the file that `millwright matrixvision attribute teach` wrote, unchanged.',
  }),
  ATTRIBUTE_MODEL_OUTDATED: errorKind<{ found: number; wanted: number }>({
    status: 422,
    message: ({ found, wanted }) =>
      `The attribute model was taught with version ${found} of how pictures are described; this is version ${wanted}.`,
    remedy: 'Teach the attribute again from its examples.',
  }),
  ATTRIBUTE_WORK_FAILED: errorKind<{ reason: string }>({
    status: 500,
    message: ({ reason }) => `Teaching ended before it was done: ${reason}.`,
    remedy: 'Try again; the examples are kept.',
  }),
});

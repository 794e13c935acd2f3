/** What the server reads; a folder of pictures often holds other files as well. */
const pictureName = /\.(?:jpe?g|png|bmp|tiff?|webp|gif|avif|heic|heif|jp2|pgm|ppm|pbm|pnm)$/i;

export const isPictureName = (name: string): boolean => pictureName.test(name);

/** A file's place within the folder that was chosen or dropped; its name where it was chosen by itself. */
export const placeOf = ({ name, webkitRelativePath }: Pick<File, 'name' | 'webkitRelativePath'>): string =>
  webkitRelativePath || name;

/** The class of a defect by the folder it lies in, as `scratch` of `caps/scratch/01.png`; undefined at the top. */
export function folderClass(file: Pick<File, 'name' | 'webkitRelativePath'>): string | undefined {
  const folders = placeOf(file).split('/').slice(0, -1);
  return folders.at(-1);
}

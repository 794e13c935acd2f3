export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a picture lies in its place when the whole of it is shown (`object-fit: contain`). */
export function fittedPicture(place: Size, picture: Size): Frame {
  if (picture.width <= 0 || picture.height <= 0) return { left: 0, top: 0, ...place };
  const scale = Math.min(place.width / picture.width, place.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return { left: (place.width - width) / 2, top: (place.height - height) / 2, width, height };
}

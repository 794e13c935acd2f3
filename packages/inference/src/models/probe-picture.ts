/** A picture with edges, ramps and texture in every colour, made from whole numbers so that it is the same everywhere. */
export function probePicture(width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      const tile = (Math.floor(x / 48) + Math.floor(y / 32)) % 3;
      const ring = ((x - width / 2) ** 2 + (y - height / 2) ** 2) % 4096;
      pixels[at] = tile === 0 ? Math.floor((x * 255) / width) : 40 + ((x * 7 + y * 3) % 64);
      pixels[at + 1] = tile === 1 ? 220 : Math.floor((y * 255) / height);
      pixels[at + 2] = Math.floor(ring / 16);
    }
  return pixels;
}

/** A small file as a meter's software writes it: a title, decimal commas, one broken row and one row twice. */
export function sampleFile(): Buffer {
  const rows = Array.from({ length: 96 }, (_, index) => {
    const hour = String(Math.floor(index / 4)).padStart(2, '0');
    const minute = String((index % 4) * 15).padStart(2, '0');
    const energy = (18 + 6 * Math.sin(index / 8)).toFixed(2).replace('.', ',');
    return `05.03.2024 ${hour}:${minute};${energy};${(21 + index / 50).toFixed(1).replace('.', ',')}`;
  });
  const text = ['Zeit;Wirkarbeit [kWh];Temperatur [°C]', ...rows, rows[3], '05.03.2024 25:99;oops;1,0'].join('\r\n');
  return Buffer.from(`${text}\r\n`, 'utf8');
}

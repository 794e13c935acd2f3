import { type Picture, readPicture } from '@millwright/imaging';
import sharp from 'sharp';

export interface DrawnLine {
  readonly text: string;
  readonly picture: Picture;
}

export interface Damage {
  readonly name: string;
  /** Deviation of the blur, pixels; of the noise, grey levels of 255; contrast of the ink, 0 to 1. */
  readonly blur: number;
  readonly noise: number;
  readonly contrast: number;
}

const chinese =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严';
const english = [
  'LOT',
  'Serial',
  'Batch',
  'No.',
  'EXP',
  'MFG',
  'Made',
  'Part',
  'Rev',
  'kg',
  'Max',
  'Type',
  'Valve',
  'Date',
  'Model',
  'SN',
  'Line',
  'Shift',
  'OK',
  'Volt',
];

/** The same numbers for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One line of random words and numbers in a font of the machine, photographed with the damage. */
export async function drawnLine(language: 'en' | 'zh', font: string, seed: number, damage: Damage): Promise<DrawnLine> {
  const random = randomOf(seed * 7919 + (language === 'zh' ? 1 : 0));
  const pick = <T>(from: ArrayLike<T>): T => from[Math.floor(random() * from.length)]!;
  const digits = (count: number) => Array.from({ length: count }, () => pick('0123456789')).join('');
  const capitals = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
  const words =
    language === 'en'
      ? [pick(english), `${pick(capitals)}${pick(capitals)}-${digits(5)}`, pick(english), `${digits(4)}/${digits(2)}`]
      : [Array.from({ length: 8 }, () => pick(chinese)).join(''), digits(6)];
  const text = words.join(language === 'en' ? ' ' : '');
  const size = 22 + Math.floor(random() * 18);
  const ground = 150 + Math.floor(random() * 90);
  const ink = Math.round(ground * (1 - damage.contrast));
  const tilt = (random() - 0.5) * 8;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="760" height="140"><rect width="760" height="140" fill="rgb(${ground},${ground},${ground})"/>
    <text x="380" y="78" transform="rotate(${tilt} 380 70)" text-anchor="middle" font-family="${font}" font-size="${size}" fill="rgb(${ink},${ink},${ink})">${text}</text></svg>`;
  const image = sharp(Buffer.from(svg));
  const drawn = await readPicture(await (damage.blur > 0 ? image.blur(damage.blur) : image).png().toBuffer());
  const data = Uint8Array.from(drawn.data, (value) =>
    Math.min(255, Math.max(0, value + (random() + random() + random() - 1.5) * 2 * damage.noise)),
  );
  return { text, picture: { ...drawn, data } };
}

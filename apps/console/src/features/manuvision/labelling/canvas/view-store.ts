import type { Point } from '../geometry/rasterise.ts';
import type { Size } from '../geometry/shape.ts';
import { fitView, keepInSight, toStage, type View, zoomAt } from '../geometry/view.ts';

/** How a picture lies on its stage, told to whoever draws: sixty times a second is too often for React. */
export class ViewStore {
  readonly picture: Size;
  readonly #listeners = new Set<() => void>();
  #stage: Size = { width: 0, height: 0 };
  #view: View = { scale: 1, x: 0, y: 0 };
  /** Until somebody moves it, the whole picture is shown, whatever the size of the window. */
  #isFitted = true;

  constructor(picture: Size) {
    this.picture = picture;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly scale = (): number => this.#view.scale;

  get view(): View {
    return this.#view;
  }
  get stage(): Size {
    return this.#stage;
  }

  resize(stage: Size): void {
    if (stage.width === this.#stage.width && stage.height === this.#stage.height) return;
    this.#stage = stage;
    this.#set(this.#isFitted ? fitView(this.picture, stage) : keepInSight(this.#view, this.picture, stage));
  }

  fit(): void {
    this.#isFitted = true;
    this.#set(fitView(this.picture, this.#stage));
  }

  /** A pixel of the picture on a pixel of the screen. */
  oneToOne(): void {
    this.zoom(1 / devicePixelRatio / this.#view.scale);
  }

  /** @param at place of the stage that stays; left out, its middle */
  zoom(factor: number, at: Point = [this.#stage.width / 2, this.#stage.height / 2]): void {
    this.#isFitted = false;
    this.#set(zoomAt(this.#view, factor, at, this.picture, this.#stage));
  }

  pan([dx, dy]: Point): void {
    this.#isFitted = false;
    const { scale, x, y } = this.#view;
    this.#set(keepInSight({ scale, x: x + dx, y: y + dy }, this.picture, this.#stage));
  }

  /** Brings a place of the picture into the middle where it is not in sight. */
  show(at: Point): void {
    const [x, y] = toStage(this.#view, at);
    const { width, height } = this.#stage;
    if (x >= 0 && y >= 0 && x <= width && y <= height) return;
    this.pan([width / 2 - x, height / 2 - y]);
  }

  #set(view: View): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}

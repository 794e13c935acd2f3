import { type PointerEvent, useEffect, useRef, useState } from 'react';
import type { Point } from '../geometry/rasterise.ts';
import { toPicture } from '../geometry/view.ts';
import type { Gesture, Pointer, Tool } from '../tools/tool.ts';
import type { ViewStore } from './view-store.ts';

interface Pinch {
  readonly middle: Point;
  readonly apart: number;
}

/**
 * Pointers on a stage: the wheel zooms where it points, space or the middle button moves the picture, two fingers do
 * both; everything else belongs to the tool.
 */
export function useStagePointers(host: { current: HTMLElement | null }, views: ViewStore, tool: Tool | undefined) {
  const down = useRef(new Map<number, Point>());
  const gesture = useRef<Gesture>(undefined);
  const pinch = useRef<Pinch>(undefined);
  const panFrom = useRef<Point>(undefined);
  const [isPanning, setPanning] = useState(false);
  const isSpace = useSpace(setPanning);

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      // Lines and pages of a wheel are made pixels.
      const by = event.deltaY * (event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? 16 : 400);
      views.zoom(Math.exp(-Math.max(-400, Math.min(400, by)) / 400), placeOn(element, event));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [host, views]);

  const place = (event: { clientX: number; clientY: number }): Point => placeOn(host.current!, event);
  const pointer = (event: { clientX: number; clientY: number; shiftKey: boolean; altKey: boolean }): Pointer => ({
    ...{ at: toPicture(views.view, place(event)), shift: event.shiftKey, alt: event.altKey },
  });
  const pinchOf = (): Pinch => {
    const [a, b] = [...down.current.values()] as [Point, Point];
    return { middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], apart: Math.hypot(a[0] - b[0], a[1] - b[1]) };
  };
  const endAll = () => {
    panFrom.current = undefined;
    pinch.current = undefined;
    gesture.current = undefined;
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    down.current.set(event.pointerId, place(event));
    if (down.current.size === 2) {
      gesture.current?.cancel();
      endAll();
      pinch.current = pinchOf();
      return;
    }
    if (down.current.size > 2) return;
    if (event.button === 1 || (event.button === 0 && isSpace.current)) panFrom.current = place(event);
    else if (event.button === 0) {
      gesture.current = tool?.down(pointer(event));
      if (!gesture.current) panFrom.current = place(event);
    }
    if (event.button === 1) event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const at = place(event);
    if (down.current.has(event.pointerId)) down.current.set(event.pointerId, at);
    if (pinch.current && down.current.size === 2) {
      const { middle, apart } = pinch.current;
      const now = pinchOf();
      views.pan([now.middle[0] - middle[0], now.middle[1] - middle[1]]);
      if (apart > 0) views.zoom(now.apart / apart, now.middle);
      pinch.current = now;
    } else if (panFrom.current) {
      views.pan([at[0] - panFrom.current[0], at[1] - panFrom.current[1]]);
      panFrom.current = at;
    } else if (gesture.current) {
      // All places between two frames, so that a fast stroke has no corners.
      const passed = event.nativeEvent.getCoalescedEvents?.() ?? [];
      for (const each of passed.length > 0 ? passed : [event.nativeEvent]) gesture.current.move(pointer(each));
    }
    tool?.hover?.(pointer(event).at);
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    down.current.delete(event.pointerId);
    if (pinch.current) {
      if (down.current.size === 0) endAll();
      return;
    }
    gesture.current?.end();
    endAll();
  };
  const onPointerCancel = (event: PointerEvent<HTMLElement>) => {
    down.current.delete(event.pointerId);
    gesture.current?.cancel();
    endAll();
  };
  return {
    isPanning,
    handlers: {
      ...{ onPointerDown, onPointerMove, onPointerUp, onPointerCancel },
      onPointerLeave: () => tool?.hover?.(undefined),
      onDoubleClick: () => void tool?.finish?.(),
    },
  };
}

function placeOn(element: Element, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  const { left, top } = element.getBoundingClientRect();
  return [clientX - left, clientY - top];
}

/** Whether the space bar is held; a button that has the focus is not pressed by it then. */
function useSpace(onChange: (isHeld: boolean) => void) {
  const held = useRef(false);
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => {
    const set = (isHeld: boolean) => {
      if (held.current === isHeld) return;
      held.current = isHeld;
      tell.current(isHeld);
    };
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== ' ' || /^(?:INPUT|TEXTAREA|SELECT|BUTTON|A)$/.test(target.tagName)) return;
      event.preventDefault();
      set(event.type === 'keydown');
    };
    const onBlur = () => set(false);
    addEventListener('keydown', onKey);
    addEventListener('keyup', onKey);
    addEventListener('blur', onBlur);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('keyup', onKey);
      removeEventListener('blur', onBlur);
    };
  }, []);
  return held;
}

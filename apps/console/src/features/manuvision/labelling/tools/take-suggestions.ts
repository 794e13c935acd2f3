import { topmostAt } from '../geometry/shape.ts';
import type { Suggestion } from '../use-suggestions.ts';
import type { Gesture, Pointer, Tool, Workbench } from './tool.ts';

/** A tool with which a click on what is proposed accepts it; a drag that begins there still belongs to the tool. */
export const takeSuggestions = (
  tool: Tool,
  bench: () => Workbench,
  { items, accept }: { items: readonly Suggestion[]; accept(one: Suggestion): void },
): Tool => ({
  ...tool,
  down(first: Pointer): Gesture | undefined {
    const { reach } = bench();
    const hit = topmostAt(items, first.at, reach);
    const inner = tool.down(first);
    if (!hit) return inner;
    let isDragged = false;
    return {
      move(pointer) {
        isDragged ||= Math.hypot(pointer.at[0] - first.at[0], pointer.at[1] - first.at[1]) > reach / 2;
        inner?.move(pointer);
      },
      end() {
        if (isDragged) return inner?.end();
        inner?.cancel();
        accept(hit);
      },
      cancel: () => inner?.cancel(),
    };
  },
});

import { isTyping } from '../../../app/shell/chord.ts';
import { useKeyDown } from '../../../components/use-key-down.ts';
import type { ViewStore } from './canvas/view-store.ts';
import { moveShape, shapeBox } from './geometry/shape.ts';
import { type Command, commandOf } from './keys.ts';
import { reclass, removeRegion, replaceShape, sayDefect, sayGood } from './session/edit.ts';
import type { LabelSession } from './session/label-session.ts';
import type { Tool } from './tools/tool.ts';
import type { useClassList } from './use-class-list.ts';
import type { Suggestions } from './use-suggestions.ts';
import type { ToolSettings } from './use-tool-settings.ts';

interface CommandParts {
  readonly session: LabelSession;
  readonly views: ViewStore;
  readonly settings: ToolSettings;
  readonly classes: ReturnType<typeof useClassList>;
  readonly suggestions: Suggestions;
  readonly tool: Tool;
  readonly brush: number;
  readonly chosen: string | undefined;
  readonly writes: boolean;
  readonly compares: boolean;
  choose(id: string | undefined): void;
  endComparing(): void;
  toggleRegions(): void;
  onMove(by: 1 | -1): void;
  onHelp(): void;
}

/** What can be done on the page, by keys and by what stands beside the picture. */
export function useEditorCommands(parts: CommandParts) {
  const { session, views, settings, classes, suggestions, tool, brush, chosen, writes, compares, choose } = parts;
  const chosenRegion = () => session.labels.regions.find(({ id }) => id === chosen);
  const chooseClass = (name: string) => {
    settings.setClass(name);
    if (chosen) session.change(reclass(session.labels, chosen, name));
  };
  const remove = (id: string | undefined) => {
    if (!id) return;
    session.change(removeRegion(session.labels, id));
    choose(undefined);
  };
  const say = (word: 'good' | 'defect') => {
    session.change(word === 'good' ? sayGood(session.labels) : sayDefect(session.labels, settings.className));
    session.confirm();
  };
  const goToRegion = (id: string | undefined) => {
    choose(id);
    const region = session.labels.regions.find((each) => each.id === id);
    const box = region && shapeBox(region.shape);
    if (box) views.show([box.x + box.width / 2, box.y + box.height / 2]);
  };
  const nextRegion = () => {
    const { regions } = session.labels;
    goToRegion(regions[(regions.findIndex(({ id }) => id === chosen) + 1) % Math.max(1, regions.length)]?.id);
  };
  const nudge = (by: readonly [number, number]) => {
    const region = chosenRegion();
    if (!region) return;
    const moved = replaceShape(session.labels, region.id, moveShape(region.shape, by, views.picture));
    session.change(moved, `nudge ${region.id}`);
  };
  const leave = () => {
    if (compares) parts.endComparing();
    else if (tool.cancel?.()) return;
    else if (suggestions.verdict) suggestions.close();
    else choose(undefined);
  };
  const accept = () => {
    if (tool.finish?.()) return;
    if (suggestions.current) return suggestions.accept(suggestions.current);
    session.confirm();
    parts.onMove(1);
  };

  /** Of who may only look, too. */
  const look: Partial<Record<Command['do'], (command: Command) => void>> = {
    help: parts.onHelp,
    fit: () => views.fit(),
    oneToOne: () => views.oneToOne(),
    hide: parts.toggleRegions,
    leave,
    nextRegion,
    zoom: (command) => command.do === 'zoom' && views.zoom(command.factor),
    picture: (command) => command.do === 'picture' && parts.onMove(command.by),
  };
  const work: Partial<Record<Command['do'], (command: Command) => void>> = {
    good: () => say('good'),
    defect: () => say('defect'),
    save: () => void session.flush(),
    undo: () => session.undo(),
    redo: () => session.redo(),
    suggest: () => suggestions.ask(),
    accept,
    acceptAll: () => suggestions.acceptAll(),
    reject: () => suggestions.reject(suggestions.current),
    remove: () => remove(chosen),
    back: () => tool.back?.() || remove(chosen),
    newClass: () => document.querySelector<HTMLElement>('[data-new-class]')?.focus(),
    tool: (command) => command.do === 'tool' && settings.setTool(command.tool),
    nudge: (command) => command.do === 'nudge' && nudge(command.by),
    suggestion: (command) => command.do === 'suggestion' && suggestions.next(command.by),
    class: (command) => {
      const name = command.do === 'class' ? classes.names[command.index] : undefined;
      if (name !== undefined) chooseClass(name);
    },
    brush: (command) => {
      if (command.do !== 'brush') return;
      // By at least one pixel.
      settings.setBrush(command.factor > 1 ? Math.ceil(brush * command.factor) : Math.floor(brush * command.factor));
    },
  };
  useKeyDown(
    (event) => {
      if (isTyping(event.target) || document.querySelector('[role=dialog]')) return;
      // A button that has the focus is pressed by Enter, a slider moved by arrows.
      const isControl = event.target instanceof HTMLElement && event.target.closest('button, a, [role=slider]');
      if (isControl && /^(?:Enter|Arrow)/.test(event.key)) return;
      const command = commandOf(event, chosen !== undefined);
      const run = command && (look[command.do] ?? (writes && !compares ? work[command.do] : undefined));
      if (!command || !run) return;
      run(command);
      event.preventDefault();
      event.stopPropagation();
    },
    { first: true },
  );
  return {
    ...{ chooseClass, remove, say, goToRegion },
    addClass: (name: string) => {
      classes.add(name);
      chooseClass(name);
    },
  };
}

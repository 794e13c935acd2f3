import { lazy, Suspense } from 'react';
import { useOpenEvidence } from './use-open-evidence.ts';

const Contents = lazy(async () => ({ default: (await import('./evidence-drawer.tsx')).EvidenceDrawerContents }));

/** Opens over any page when its address names evidence; costs nothing before. */
export function EvidenceDrawer() {
  const { id, close } = useOpenEvidence();
  return id ? (
    <Suspense>
      <Contents key={id} id={id} onClose={close} />
    </Suspense>
  ) : null;
}

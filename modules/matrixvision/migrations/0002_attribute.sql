-- What a user teaches by examples: that people wear a hard hat, an orange vest, gloves.
create table matrixvision_attribute (
  id uuid primary key,
  site_id uuid not null,
  name text not null,
  part text not null check (part in ('head', 'torso', 'hands', 'feet')),
  -- Told on these cameras; null: on all of the site.
  cameras jsonb,
  -- Version that is told by; null: none is in use.
  active_version integer check (active_version >= 1),
  created_at timestamptz not null,
  removed_at timestamptz
);
create unique index matrixvision_attribute_name on matrixvision_attribute (site_id, name) where removed_at is null;

-- One click: a part of a person with the attribute or without. What is removed stays, since versions were taught with it.
create table matrixvision_attribute_example (
  id uuid primary key,
  attribute_id uuid not null references matrixvision_attribute (id),
  -- The picture as it came.
  picture text not null,
  file_name text not null,
  -- The part, 48 by 48 pixels, PNG: all that is learnt from it.
  patch text not null,
  present boolean not null,
  -- Track or picture: examples of one are never on both sides of a test.
  grouping text not null,
  source jsonb not null,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  removed_at timestamptz
);
create unique index matrixvision_attribute_example_patch on matrixvision_attribute_example (attribute_id, patch)
  where removed_at is null;

-- What was taught, every version whole.
create table matrixvision_attribute_version (
  attribute_id uuid not null references matrixvision_attribute (id),
  version integer not null check (version >= 1),
  model jsonb not null,
  -- SHA-256 of the model's canonical JSON: what a box asks for.
  sha256 text not null,
  result jsonb not null,
  finding_id uuid not null,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  primary key (attribute_id, version)
);

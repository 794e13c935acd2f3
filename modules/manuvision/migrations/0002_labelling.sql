-- What people said of a picture, every word whole: it never changes.
create table manuvision_word (
  picture_id uuid not null references manuvision_picture (id),
  revision integer not null check (revision >= 1),
  at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  label text not null check (label in ('good', 'defect')),
  class_name text,
  -- Where the defects are: class and shape of each, in pixels of the picture as shown.
  regions jsonb not null,
  -- Whose word it repeats to settle a disagreement; null: it is the person's own.
  settled_for text,
  primary key (picture_id, revision),
  check ((label = 'defect') = (class_name is not null))
);

-- Of the last word, for lists: label and class stand in the picture as before.
alter table manuvision_picture
  -- 0: nobody said anything since the picture was added.
  add column revision integer not null default 0 check (revision >= 0),
  add column region_count integer not null default 0 check (region_count >= 0),
  -- Names of those who said something, by name.
  add column labelled_by jsonb not null default '[]',
  -- What the last words of people differ in; null: in nothing, or it is settled.
  add column disagreement jsonb;

-- What counted at a time. The content lies among the files, under its own hash.
create table manuvision_dataset_version (
  dataset_id uuid not null references manuvision_dataset (id),
  -- SHA-256 of the canonical JSON of pictures, labels, regions and groups.
  hash text not null,
  good integer not null check (good >= 0),
  defects integer not null check (defects >= 0),
  region_count integer not null check (region_count >= 0),
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  primary key (dataset_id, hash)
);

-- People: what sign-in, scope and tokens need. Publication: titles and fingerprints of definitions, drafts and standing of items.
-- Never edit this file after it has shipped; write the next number instead.

-- Failed sign-ins are counted by login, whether or not there is such an account, so that the answer does not tell.
ALTER TABLE account DROP COLUMN failed_attempts;
ALTER TABLE account DROP COLUMN locked_until;
CREATE TABLE sign_in_guard (
    login_hash   text    NOT NULL CONSTRAINT pk_sign_in_guard PRIMARY KEY,
    failures     integer NOT NULL CHECK (failures > 0),
    locked_until integer NOT NULL,
    updated_at   integer NOT NULL
) STRICT;

ALTER TABLE account ADD COLUMN version integer NOT NULL DEFAULT 1;        -- guards two administrators against each other
ALTER TABLE session ADD COLUMN last_seen_at integer NOT NULL DEFAULT 0;   -- kept to five minutes, for the idle limit
ALTER TABLE api_token ADD COLUMN token_id text NOT NULL DEFAULT '';       -- what its owner calls it by; the hash stays inside
CREATE UNIQUE INDEX ix_api_token_id ON api_token (token_id);

-- Where a unit stands: /xa/xa-hall/xa-w1/ lies in the subtree of every prefix. Department and hall are the nearest at or above it.
ALTER TABLE organisation ADD COLUMN path text NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN department_id text NULL;
ALTER TABLE organisation ADD COLUMN hall_id text NULL;
CREATE INDEX ix_organisation_path ON organisation (path);

ALTER TABLE definition ADD COLUMN title_zh text NOT NULL DEFAULT '';
ALTER TABLE definition ADD COLUMN title_en text NOT NULL DEFAULT '';
ALTER TABLE definition ADD COLUMN latest_version integer NOT NULL DEFAULT 0;   -- 0 while nothing is published
ALTER TABLE definition_version ADD COLUMN content_hash text NOT NULL DEFAULT '';
ALTER TABLE definition_draft ADD COLUMN base_version integer NOT NULL DEFAULT 0;

CREATE TABLE item_draft (
    item_code  text    NOT NULL CONSTRAINT pk_item_draft PRIMARY KEY,
    region     text    NOT NULL,
    department text    NULL,
    revision   integer NOT NULL CHECK (revision > 0),   -- the ETag
    json       text    NOT NULL,
    updated_at integer NOT NULL,
    updated_by text    NOT NULL
) STRICT;

-- 停止执行、取消、恢复: what an item's standing is from when on (CQ-13.2). The latest one in effect counts; without any it is in force.
CREATE TABLE item_standing (
    item_code      text    NOT NULL CONSTRAINT fk_item_standing_item REFERENCES service_item (item_code),
    effective_from integer NOT NULL,
    status         text    NOT NULL CHECK (status IN ('in_force', 'suspended', 'cancelled')),
    reason         text    NOT NULL,
    recorded_at    integer NOT NULL,
    recorded_by    text    NOT NULL,
    CONSTRAINT pk_item_standing PRIMARY KEY (item_code, effective_from)
) STRICT;
ALTER TABLE service_item ADD COLUMN name_en text NOT NULL DEFAULT '';
ALTER TABLE item_version ADD COLUMN published_by text NOT NULL DEFAULT '';
ALTER TABLE item_version ADD COLUMN content_hash text NOT NULL DEFAULT '';

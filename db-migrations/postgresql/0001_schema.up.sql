-- The schema of the server: cases and what the same commit writes beside them, definitions, items, people, settings.
-- Never edit this file after it has shipped; write the next number instead.
--
-- Instants are milliseconds since 1970-01-01T00:00:00Z (bigint). Legal instants come from the kernel, recorded_at, created_at and the
-- like from the server's clock. JSON is kept as text: it is written and read whole, a cast shows it as JSON where somebody looks at it,
-- and jsonb cost a third of the transitions per second when it was measured.

-- 办件. One row per case or ticket; only the case seam writes it, always guarded by version.
CREATE TABLE service_case (
    case_no               text    NOT NULL CONSTRAINT pk_service_case PRIMARY KEY CHECK (length(case_no) BETWEEN 1 AND 64),
    version               bigint  NOT NULL CHECK (version > 0),      -- number of transitions so far; every write names the one it read
    kind                  text    NOT NULL CHECK (kind IN ('case', 'ticket', 'general')),
    parent_case_no        text    NULL,
    definition_id         text    NOT NULL,
    definition_version_id text    NOT NULL,                           -- the pins: a case runs on what it was started on (Promise 4)
    definition_version    bigint  NOT NULL,
    item_code             text    NULL,
    item_version          bigint  NULL,
    profile_id            text    NOT NULL,
    profile_version       bigint  NOT NULL,
    region                text    NULL,
    hall                  text    NULL,
    department            text    NULL,
    applicant_id          text    NULL,
    state                 text    NOT NULL,
    status                text    NOT NULL CHECK (status IN ('open', 'suspended', 'ended', 'faulted')),
    stage                 text    NULL,
    colour                text    NOT NULL CHECK (colour IN ('none', 'green', 'yellow', 'orange', 'red')),
    mode                  text    NULL,
    outcome               text    NULL,
    opened_at             bigint  NOT NULL,
    accepted_on           text    NULL CHECK (length(accepted_on) = 10),
    due_at                bigint  NULL,                               -- nearest due instant of the clocks that count
    next_wake_at          bigint  NULL,                               -- when something happens by itself; null when nothing will
    updated_at            bigint  NOT NULL,
    body                  text    NOT NULL                            -- the whole state; replaying case_event gives the same
) WITH (fillfactor = 80);   -- room for the next version of the row on its page
-- The sweep asks for the cases that are due, earliest first.
CREATE INDEX ix_service_case_wake ON service_case (next_wake_at) WHERE next_wake_at IS NOT NULL;
-- A department's list of cases, newest first.
CREATE INDEX ix_service_case_department ON service_case (department, opened_at, case_no);
-- An applicant's own cases, newest first.
CREATE INDEX ix_service_case_applicant ON service_case (applicant_id, opened_at, case_no) WHERE applicant_id IS NOT NULL;

-- The tables below that hang on a case carry no foreign key to it: the one statement that writes them starts from the case row it has
-- just guarded, months of history will be detached to the archive, and every check would be one more lookup per row.

-- History: one row per transition, with all its facts.
CREATE TABLE case_event (
    case_no     text   NOT NULL,
    seq         bigint NOT NULL CHECK (seq > 0),
    at          bigint NOT NULL,
    recorded_at bigint NOT NULL,
    stimulus    text   NOT NULL,
    actor_id    text   NOT NULL,
    actor_role  text   NOT NULL,
    commit_id   text   NOT NULL,                          -- after a connection lost at commit, the seam looks here whether it was its own
    body        text   NOT NULL,
    CONSTRAINT pk_case_event PRIMARY KEY (case_no, seq)   -- the second net: a second writer of the same step fails here
);

-- 待办. Open tasks only; done ones live in history.
CREATE TABLE case_task (
    task_id    text   NOT NULL CONSTRAINT pk_case_task PRIMARY KEY,
    case_no    text   NOT NULL,
    token      bigint NOT NULL,
    node       text   NOT NULL,
    activity   text   NOT NULL,
    part       text   NULL,
    title_zh   text   NOT NULL,
    title_en   text   NOT NULL,
    role       text   NOT NULL,
    department text   NULL,
    hall       text   NULL,
    side       text   NOT NULL,
    opened_at  bigint NOT NULL,
    due_at     bigint NULL,                               -- limit of this activity alone; the case's clocks are on the case
    claimed_by text   NULL,
    claimed_at bigint NULL,
    CONSTRAINT case_task_claim CHECK ((claimed_by IS NULL) = (claimed_at IS NULL))
);
-- The work list of a role in a department, oldest first.
CREATE INDEX ix_case_task_role ON case_task (role, department, opened_at, task_id);

-- Legal clocks and task timers: the row is the truth, a scheduler only wakes us up (Promise 3).
CREATE TABLE case_timer (
    case_no     text    NOT NULL,
    timer_key   text    NOT NULL,
    kind        text    NOT NULL,
    state       text    NOT NULL CHECK (state IN ('running', 'paused', 'stopped', 'fired')),
    colour      text    NOT NULL CHECK (colour IN ('none', 'green', 'yellow', 'orange', 'red')),
    due_at      bigint  NOT NULL,
    next_at     bigint  NULL,
    provisional boolean NOT NULL,
    fired_at    bigint  NULL,                             -- legal instant of the expiry
    recorded_at bigint  NOT NULL,                         -- when this server noticed; the difference is its lateness
    CONSTRAINT pk_case_timer PRIMARY KEY (case_no, timer_key),
    CONSTRAINT case_timer_wakes CHECK (next_at IS NULL OR state = 'running'),
    CONSTRAINT case_timer_fired CHECK (state <> 'fired' OR fired_at IS NOT NULL)
);
-- Supervision asks what will be late until when; the calendar check asks for the provisional ones.
CREATE INDEX ix_case_timer_next ON case_timer (next_at) WHERE next_at IS NOT NULL;

-- 文书.
CREATE TABLE case_document (
    case_no     text   NOT NULL,
    document_no text   NOT NULL,
    name        text   NOT NULL,
    issued_at   bigint NOT NULL,
    content     text   NOT NULL,
    CONSTRAINT pk_case_document PRIMARY KEY (case_no, document_no)
);

-- 督办单: opened for a timer by a transition, closed when the duty behind it is done.
CREATE TABLE supervision_order (
    case_no    text   NOT NULL,
    timer_key  text   NOT NULL,
    seq        bigint NOT NULL,
    opened_at  bigint NOT NULL,
    closed_at  bigint NULL,
    recipients text   NOT NULL,
    CONSTRAINT pk_supervision_order PRIMARY KEY (case_no, timer_key, seq),
    CONSTRAINT supervision_order_ends CHECK (closed_at IS NULL OR closed_at >= opened_at)
);
-- Supervision lists the open ones.
CREATE INDEX ix_supervision_order_open ON supervision_order (opened_at) WHERE closed_at IS NULL;

-- 好差评.
CREATE TABLE evaluation (
    case_no      text    NOT NULL,
    seq          bigint  NOT NULL,
    score        bigint  NOT NULL CHECK (score BETWEEN 1 AND 5),
    channel      text    NULL,
    real_name    boolean NOT NULL,
    comment_text text    NULL,
    at           bigint  NOT NULL,
    CONSTRAINT pk_evaluation PRIMARY KEY (case_no, seq)
);

-- Messages to the outside, committed with the transition that calls for them and sent afterwards, at least once, in order per case.
CREATE TABLE outbox (
    id              bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_outbox PRIMARY KEY,
    message_id      text   NOT NULL CONSTRAINT outbox_message UNIQUE,   -- case_no:seq:n, the same however often it is sent
    case_no         text   NOT NULL,
    seq             bigint NOT NULL,
    topic           text   NOT NULL,
    body            text   NOT NULL,
    created_at      bigint NOT NULL,
    attempts        bigint NOT NULL DEFAULT 0,
    next_attempt_at bigint NULL,                          -- not before; null for at once
    leased_until    bigint NULL,                          -- one node is sending it; by the database's clock, so that skew does not matter
    dispatched_at   bigint NULL,
    failed_at       bigint NULL,                          -- put aside after too many attempts
    last_error      text   NULL,
    CONSTRAINT outbox_ends_once CHECK (dispatched_at IS NULL OR failed_at IS NULL)
);
-- The dispatcher asks for the first unsent message of each case.
CREATE INDEX ix_outbox_pending ON outbox (case_no, id) WHERE dispatched_at IS NULL AND failed_at IS NULL;

-- Idempotency-Key: the reply to a write, kept in the commit of that write.
CREATE TABLE idempotency (
    actor_id     text   NOT NULL,
    request_key  text   NOT NULL CHECK (length(request_key) BETWEEN 1 AND 255),
    request_hash text   NOT NULL,
    status       bigint NOT NULL,
    response     text   NOT NULL,
    created_at   bigint NOT NULL,
    CONSTRAINT pk_idempotency PRIMARY KEY (actor_id, request_key)
);

-- Audit: who did what to what, refused acts too. Rows are only ever added.
CREATE TABLE audit_entry (
    id         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_audit_entry PRIMARY KEY,
    at         bigint NOT NULL,
    actor_id   text   NOT NULL,
    actor_role text   NOT NULL,
    action     text   NOT NULL,
    target     text   NOT NULL,
    outcome    text   NOT NULL CHECK (outcome IN ('ok', 'refused')),
    rule       text   NULL,
    detail     text   NULL
);
-- The audit trail of one case, item or account.
CREATE INDEX ix_audit_entry_target ON audit_entry (target, id);

-- Poison: what failed too often is put aside, visible and replayable, while the rest goes on.
CREATE TABLE put_aside (
    kind            text   NOT NULL CHECK (kind IN ('timer', 'message')),
    subject         text   NOT NULL,                      -- case number, or message id
    case_no         text   NOT NULL,
    attempts        bigint NOT NULL CHECK (attempts > 0),
    next_attempt_at bigint NULL,                          -- tried again from then on; null once it is set aside
    set_aside_at    bigint NULL,
    error           text   NOT NULL,
    first_at        bigint NOT NULL,
    last_at         bigint NOT NULL,
    CONSTRAINT pk_put_aside PRIMARY KEY (kind, subject),
    CONSTRAINT put_aside_waits_or_rests CHECK ((next_attempt_at IS NULL) <> (set_aside_at IS NULL))
);

-- Running numbers, taken in blocks so that numbering costs no round trip per case.
CREATE TABLE number_series (
    name    text   NOT NULL CONSTRAINT pk_number_series PRIMARY KEY,
    next_no bigint NOT NULL CHECK (next_no > 0)
);

-- 流程定义: one draft, numbered published versions that never change.
CREATE TABLE definition (
    definition_id text   NOT NULL CONSTRAINT pk_definition PRIMARY KEY CHECK (length(definition_id) BETWEEN 1 AND 128),
    name          text   NOT NULL,
    purpose       text   NOT NULL CHECK (purpose IN ('service', 'ticket', 'general')),
    owner         text   NULL,
    region        text   NULL,
    created_at    bigint NOT NULL,
    retired_at    bigint NULL
);

CREATE TABLE definition_version (
    version_id    text   NOT NULL CONSTRAINT pk_definition_version PRIMARY KEY,
    definition_id text   NOT NULL CONSTRAINT fk_definition_version_definition REFERENCES definition (definition_id),
    version       bigint NOT NULL CHECK (version > 0),
    json          text   NOT NULL,
    published_at  bigint NOT NULL,
    published_by  text   NOT NULL,
    CONSTRAINT definition_version_number UNIQUE (definition_id, version)
);

CREATE TABLE definition_draft (
    definition_id text   NOT NULL CONSTRAINT pk_definition_draft PRIMARY KEY CONSTRAINT fk_definition_draft_definition REFERENCES definition (definition_id),
    revision      bigint NOT NULL CHECK (revision > 0),   -- the ETag
    json          text   NOT NULL,
    updated_at    bigint NOT NULL,
    updated_by    text   NOT NULL
);

-- 事项 and its versions with guide and materials; a case is pinned to one version.
CREATE TABLE service_item (
    item_code     text   NOT NULL CONSTRAINT pk_service_item PRIMARY KEY,
    name          text   NOT NULL,
    region        text   NOT NULL,
    department    text   NOT NULL,
    hall          text   NULL,
    definition_id text   NULL,
    status        text   NOT NULL,
    updated_at    bigint NOT NULL
);
-- The catalogue of a region, by department.
CREATE INDEX ix_service_item_region ON service_item (region, department, item_code);

CREATE TABLE item_version (
    item_code      text   NOT NULL CONSTRAINT fk_item_version_item REFERENCES service_item (item_code),
    version        bigint NOT NULL CHECK (version > 0),
    terms          text   NOT NULL,                       -- the part that decides how cases run; what they are pinned to
    json           text   NOT NULL,                       -- the whole record, with guide and materials
    effective_from bigint NOT NULL,
    effective_to   bigint NULL,
    published_at   bigint NOT NULL,
    CONSTRAINT pk_item_version PRIMARY KEY (item_code, version),
    CONSTRAINT item_version_term CHECK (effective_to IS NULL OR effective_to >= effective_from)
);

-- Regions, levels, departments, halls, windows and posts; also bounds who sees what.
CREATE TABLE organisation (
    id        text   NOT NULL CONSTRAINT pk_organisation PRIMARY KEY,
    parent_id text   NULL CONSTRAINT fk_organisation_parent REFERENCES organisation (id),
    kind      text   NOT NULL,
    name_zh   text   NOT NULL,
    name_en   text   NOT NULL,
    region    text   NULL,
    level     text   NULL,
    json      text   NULL
);
-- The children of a unit.
CREATE INDEX ix_organisation_parent ON organisation (parent_id);

CREATE TABLE account (
    account_id           text    NOT NULL CONSTRAINT pk_account PRIMARY KEY,
    login                text    NOT NULL CONSTRAINT account_login UNIQUE,
    name                 text    NOT NULL,
    password_hash        text    NULL,
    roles                text    NOT NULL,
    organisation_id      text    NULL CONSTRAINT fk_account_organisation REFERENCES organisation (id),
    window_id            text    NULL,
    region               text    NULL,
    disabled             boolean NOT NULL DEFAULT FALSE,
    must_change_password boolean NOT NULL DEFAULT FALSE,
    failed_attempts      bigint  NOT NULL DEFAULT 0,
    locked_until         bigint  NULL,
    demonstration        boolean NOT NULL DEFAULT FALSE,
    created_at           bigint  NOT NULL
);

-- Only hashes of session and token secrets are kept.
CREATE TABLE session (
    session_id text   NOT NULL CONSTRAINT pk_session PRIMARY KEY,
    account_id text   NOT NULL CONSTRAINT fk_session_account REFERENCES account (account_id),
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    revoked_at bigint NULL,
    csrf       text   NOT NULL
);
-- All sessions of an account end when it is disabled.
CREATE INDEX ix_session_account ON session (account_id);

CREATE TABLE api_token (
    token_hash text   NOT NULL CONSTRAINT pk_api_token PRIMARY KEY,
    name       text   NOT NULL,
    account_id text   NOT NULL CONSTRAINT fk_api_token_account REFERENCES account (account_id),
    roles      text   NOT NULL,
    scopes     text   NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NULL,
    revoked_at bigint NULL
);
-- The tokens of an account.
CREATE INDEX ix_api_token_account ON api_token (account_id);

-- 区域参数, versioned; a case is pinned to one version.
CREATE TABLE region_profile (
    id             text   NOT NULL,
    version        bigint NOT NULL CHECK (version > 0),
    json           text   NOT NULL,
    effective_from bigint NOT NULL,
    CONSTRAINT pk_region_profile PRIMARY KEY (id, version)
);

-- 工作日历: holiday tables by year; the highest revision of a year counts.
CREATE TABLE calendar_table (
    year        bigint NOT NULL CHECK (year BETWEEN 2000 AND 2100),
    revision    bigint NOT NULL CHECK (revision > 0),
    json        text   NOT NULL,
    imported_at bigint NOT NULL,
    CONSTRAINT pk_calendar_table PRIMARY KEY (year, revision)
);

-- Things under a clock that are no cases: items under publication, policies, staff registers.
CREATE TABLE register_entry (
    subject      text   NOT NULL CONSTRAINT pk_register_entry PRIMARY KEY,
    kind         text   NOT NULL,
    body         text   NOT NULL,
    next_wake_at bigint NULL,
    version      bigint NOT NULL CHECK (version > 0)
);
-- The sweep of register entries.
CREATE INDEX ix_register_entry_wake ON register_entry (next_wake_at) WHERE next_wake_at IS NOT NULL;

-- Settings that the server itself keeps, such as whether the first administrator was made.
CREATE TABLE server_setting (
    name       text   NOT NULL CONSTRAINT pk_server_setting PRIMARY KEY,
    value      text   NOT NULL,
    updated_at bigint NOT NULL
);

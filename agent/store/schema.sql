CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
CREATE TABLE artifacts ( slug VARCHAR(64) NOT NULL, name TEXT NOT NULL, type VARCHAR(16) NOT NULL, manifest TEXT NOT NULL, source TEXT NOT NULL, fingerprint VARCHAR(64) NOT NULL, PRIMARY KEY (slug) );
CREATE TABLE capabilities ( uri VARCHAR(160) NOT NULL, id VARCHAR(16) NOT NULL, artifact VARCHAR(64) NOT NULL, name TEXT NOT NULL, evidence TEXT NOT NULL, PRIMARY KEY (uri), CONSTRAINT uq_capabilities_id UNIQUE (id) );
CREATE INDEX ix_capabilities_artifact ON capabilities (artifact);
CREATE TABLE decompositions ( artifact VARCHAR(64) NOT NULL, inputs_sha256 VARCHAR(64) NOT NULL, version INTEGER NOT NULL, current BOOLEAN NOT NULL, body TEXT NOT NULL, PRIMARY KEY (artifact, inputs_sha256) );
CREATE TABLE fetches ( id INTEGER NOT NULL, artifact VARCHAR(64) NOT NULL, kind VARCHAR(16) NOT NULL, asked TEXT NOT NULL, requested TEXT, final TEXT, status INTEGER, at VARCHAR(32) NOT NULL, bytes INTEGER NOT NULL, sha256 VARCHAR(64), etag TEXT, last_modified TEXT, outcome VARCHAR(16) NOT NULL, note TEXT NOT NULL, document_id VARCHAR(16), PRIMARY KEY (id) );
CREATE INDEX ix_fetches_artifact ON fetches (artifact);
CREATE TABLE matches ( id INTEGER NOT NULL, artifact VARCHAR(64) NOT NULL, capability_uri VARCHAR(160) NOT NULL, "query" TEXT NOT NULL, at VARCHAR(32) NOT NULL, PRIMARY KEY (id) );
CREATE INDEX ix_matches_artifact ON matches (artifact);
CREATE TABLE vectors ( sha256 VARCHAR(64) NOT NULL, embedder VARCHAR(64) NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (sha256, embedder) );
CREATE TABLE capability_versions ( artifact VARCHAR(64) NOT NULL, inputs_sha256 VARCHAR(64) NOT NULL, uri VARCHAR(160) NOT NULL, PRIMARY KEY (artifact, inputs_sha256, uri), CONSTRAINT fk_capability_versions_uri FOREIGN KEY(uri) REFERENCES capabilities (uri) );
CREATE TABLE documents ( id VARCHAR(16) NOT NULL, artifact VARCHAR(64) NOT NULL, uri TEXT NOT NULL, title TEXT NOT NULL, origin VARCHAR(16) NOT NULL, media_type VARCHAR(64) NOT NULL, sha256 VARCHAR(64) NOT NULL, text_sha256 VARCHAR(64) NOT NULL, reader VARCHAR(32) NOT NULL, language VARCHAR(8) NOT NULL, text TEXT NOT NULL, chars INTEGER NOT NULL, fetched_at VARCHAR(32) NOT NULL, position INTEGER, chunking VARCHAR(16) NOT NULL, PRIMARY KEY (id), CONSTRAINT fk_documents_artifact FOREIGN KEY(artifact) REFERENCES artifacts (slug) );
CREATE INDEX ix_documents_place ON documents (artifact, position);
CREATE TABLE passages ( id VARCHAR(16) NOT NULL, document_id VARCHAR(16) NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, heading_path TEXT NOT NULL, sha256 VARCHAR(64) NOT NULL, source TEXT, PRIMARY KEY (id), CONSTRAINT fk_passages_document_id FOREIGN KEY(document_id) REFERENCES documents (id) );
CREATE INDEX ix_passages_document_id ON passages (document_id);
CREATE INDEX ix_passages_sha256 ON passages (sha256);
CREATE TABLE readings ( artifact VARCHAR(64) NOT NULL, uri TEXT NOT NULL, sha256 VARCHAR(64) NOT NULL, reader VARCHAR(32) NOT NULL, document_id VARCHAR(16) NOT NULL, PRIMARY KEY (artifact, uri, sha256, reader), CONSTRAINT fk_readings_artifact FOREIGN KEY(artifact) REFERENCES artifacts (slug), CONSTRAINT fk_readings_document_id FOREIGN KEY(document_id) REFERENCES documents (id) )

"""Sections of the settings from YAML: the problems of an invalid file."""

from collections.abc import Callable

import pytest

Problems = Callable[..., list[str]]

AUTHS = "auths: {default: {username: u, password: p}, lab: {username: u, password: p}}\n"
AUTH_KEYS = (
    "known: username, username_file, username_env, password, password_file, password_env, method, fallback_to_basic"
)
PROXY_KEYS = "known: proxy_url, no_proxy, proxy_from_environment"
DURATION = "must be a duration such as 10s, 500ms, 1m or a number of seconds"
SIZE = "must be a number of bytes or a size such as 512KiB or 16MiB"
PROXY_URL = "must be http://[user:password@]host[:port]; not shown, because it may contain a password"


def test_document_of_a_wrong_shape_is_explained(problems: Problems, subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("", "is empty"),
        ("# nothing yet", "is empty"),
        ("- a", "must be a mapping, not a list"),
        ("text", "must be a mapping, not a text"),
        ("target: []", ('unknown key "target" (did you mean "targets"?), known: auths, modules, targets, allowed, '
         "max_concurrent_probes, timeout_offset, sessions_per_device")),
        ("sessions_per_device: 3\nsessions_per_device: 4",
         "sessions_per_device: is given twice, in line 1 and in line 2"),
        ("modules: {m: {timeout: 1s}, m: {}}", "modules.m: is given twice, in line 1 and in line 1"),
        ("modules: {}\nmodules: {}", "modules: is given twice, in line 1 and in line 2"),
        ("modules:\n  no: {}", "modules: key must be quoted text, because YAML takes it for true or false"),
        ("modules:\n  12: {}", "modules: key must be quoted text, because YAML takes it for a number"),
        ("? [a]\n: b", "key must be quoted text, because YAML takes it for a list"),
        ("<<: {}", "key must be quoted text, because YAML takes it for something with a special meaning"),
        ("modules: []", "modules: must be a mapping, not a list"),
        ("targets: {}", "targets: must be a list, not a mapping: begin each item with a dash"),
        ("targets:\n- name: a\n  address: b\n  auth: a\naddress: c\nauths: {a: {username: u, password: p}}",
         ('unknown key "address" (a key of targets: check the indentation), known: auths, modules, targets, allowed, '
          "max_concurrent_probes, timeout_offset, sessions_per_device")),
        ("modules:\nslow:\n  timeout: 9s",
         ('unknown key "slow" (indent it, if it belongs to modules), known: auths, modules, targets, allowed, '
         "max_concurrent_probes, timeout_offset, sessions_per_device")),
        ("auths:\n  default:\n    username:u\n    password:p",
         "auths.default: must be a mapping, not a text: write a space after the colon of key: value"),
        ("modules:\n  default:\n  timeout: 9s", "modules.timeout: must be below a name: check the indentation"),
        ("targets: [clock1]", "targets[0]: must be a mapping, not a text: write - address: ..."),
        ("modules: {'': {}}", 'modules."": is an empty text: give one or remove the key'),
        ("modules: {' m': {}}", 'modules." m": must be printable, without space at its ends, not " m"'),
    ]  # fmt: skip
    for text, problem in cases:
        with subtests.test(text=text):
            assert problems(text) == [problem]


def test_a_problem_in_a_module_is_located_and_explained(problems: Problems, subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("{timeout: 12:30}", f'timeout: {DURATION}, not "12:30"'),
        ("{timeout: 012}", f'timeout: {DURATION}, not "012"'),
        ("{timeout: 1_000}", f'timeout: {DURATION}, not "1_000"'),
        ("{timeout: 10 s}", f'timeout: {DURATION}, not "10 s"'),
        ("{timeout: 1d}", f'timeout: {DURATION}, not "1d"'),
        ("{timeout: -1s}", f'timeout: {DURATION}, not "-1s"'),
        ("{timeout: .inf}", f'timeout: {DURATION}, not ".inf"'),
        ("{timeout: '1\n\n0'}", f'timeout: {DURATION}, not "1\\n0"'),
        ("{timeout: }", "timeout: is empty: give a value or remove the key"),
        ("{timeout: [1s]}", "timeout: must be a duration, not a list"),
        ("{timeout: 0}", "timeout: must be between 0.01s and 3600s, not 0s"),
        ("{timeout: 2h}", "timeout: must be between 0.01s and 3600s, not 7200s"),
        ("{max_response_bytes: 16MB}", f'max_response_bytes: {SIZE}, not "16MB"'),
        ("{max_response_bytes: 0x400}", f'max_response_bytes: {SIZE}, not "0x400"'),
        ("{max_response_bytes: 100}", "max_response_bytes: must be between 1KiB and 1GiB, not 100"),
        ("{generic_series_per_slot: 012}",
         'generic_series_per_slot: must be a whole number in plain digits, not "012"'),
        ("{generic_series_per_slot: 1_000}",
         'generic_series_per_slot: must be a whole number in plain digits, not "1_000"'),
        ("{generic_series_per_slot: 12:30}",
         'generic_series_per_slot: must be a whole number in plain digits, not "12:30"'),
        ("{generic_series_per_slot: 1.5}",
         'generic_series_per_slot: must be a whole number in plain digits, not "1.5"'),
        ("{generic_series_per_slot: '12'}",
         "generic_series_per_slot: must be a whole number in plain digits, without quotes"),
        ("{generic_series_per_slot: true}",
         'generic_series_per_slot: must be a whole number in plain digits, not "true"'),
        ("{generic_series_per_slot: -1}", "generic_series_per_slot: must be between 0 and 100000, not -1"),
        ("{position: no}", 'position: must be true or false, not "no"'),
        ("{position: 0}", 'position: must be true or false, not "0"'),
        ("{position: 'true'}", "position: must be true or false, without quotes"),
        ("{position: !!bool no}", 'position: must be true or false, not "no"'),
        ("{collectors: ntp}", "collectors: must be a list, not a text: begin each item with a dash"),
        ("{collectors: [ntp, 12]}", "collectors[1]: must be quoted, because YAML takes it for a number"),
        ("{tls: {insecure: true}}", ('tls: unknown key "insecure", known: ca_file, fingerprint_sha256, server_name, '
         "cert_file, key_file, insecure_skip_verify, allow_legacy_ciphers")),
        ("{tls: {fingerprint_sha256: abc}}", ("tls.fingerprint_sha256: must be a SHA-256 fingerprint: "
         "64 hexadecimal digits, with or without colons")),
        ("{proxy: {proxy_url: 'socks5://proxy:1080'}}", f"proxy.proxy_url: {PROXY_URL}"),
        ("{proxy: {proxy_url: 'https://proxy:3128'}}", f"proxy.proxy_url: {PROXY_URL}"),
        ("{proxy: {proxy_url: 'proxy:3128'}}", f"proxy.proxy_url: {PROXY_URL}"),
        ("{proxy: {proxy_url: 'http://u:p/w@proxy:3128'}}", f"proxy.proxy_url: {PROXY_URL}"),
        ("{proxy: {proxy_url: 'http://u:1/w@proxy:3128'}}", f"proxy.proxy_url: {PROXY_URL}"),
        ("{proxy: {proxy_url: 'http://proxy:99999'}}", f"proxy.proxy_url: {PROXY_URL}"),
        ("{proxy: {proxy_url: 'http://[::1'}}", f"proxy.proxy_url: {PROXY_URL}"),
        ("{proxy: {proxy_url: 'http://pro xy'}}", f"proxy.proxy_url: {PROXY_URL}"),
        ("{proxy: {no_proxy: a}}", "proxy: no_proxy has no effect without proxy_url"),
        ("{proxy: {no_proxy: a, proxy_from_environment: true}}", "proxy: no_proxy has no effect without proxy_url"),
        ("{proxy: {proxy_url: 'http://p', proxy_from_environment: true}}",
         "proxy: proxy_url and proxy_from_environment exclude each other: keep one"),
        ("{proxy: {proxy: 'http://p'}}", f'proxy: unknown key (did you mean "no_proxy"?), {PROXY_KEYS}'),
    ]  # fmt: skip
    for value, problem in cases:
        with subtests.test(value=value):
            assert problems(f"modules: {{m: {value}}}") == [f"modules.m.{problem}"]


def test_a_problem_in_a_target_is_located_and_explained(problems: Problems, subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("{}", "targets[0].address: is missing"),
        ("{address: 12}", "targets[0].address: must be quoted, because YAML takes it for a number"),
        ("{address: 'http://clock/path'}", "targets[0].address: a path does not belong in an address"),
        ("{address: clock, auth: hq}", 'targets[0].auth: unknown auth "hq", known: default, lab'),
        ("{address: clock, auth: lap}",
         'targets[0].auth: unknown auth "lap" (did you mean "lab"?), known: default, lab'),
        ("{address: clock, module: slow}", 'targets[0].module: unknown module "slow", known: default'),
        ("{address: clock, labels: {rack: 12}}",
         "targets[0].labels.rack: must be quoted, because YAML takes it for a number"),
        ("{address: clock, labels: {day: 2026-11-20}}",
         "targets[0].labels.day: must be quoted, because YAML takes it for a date"),
        ("{address: clock, labels: {1st: a}}",
         "targets[0].labels.1st: is not a Prometheus label name: letters, digits and _, not beginning with a digit"),
        ("{address: clock, labels: {a.b: c}}",
         'targets[0].labels."a.b": is not a Prometheus label name: letters, digits and _, not beginning with a digit'),
        ("{address: clock, labels: {__param_auth: a}}", ("targets[0].labels.__param_auth: labels that begin with __ "
         "are reserved; auth and module are keys of the target")),
        ("{name: '', address: clock}", "targets[0].name: is an empty text: give one or remove the key"),
        ('{name: "a\\nb", address: c}', "targets[0].name: must not contain line breaks or other control characters"),
    ]  # fmt: skip
    for value, problem in cases:
        with subtests.test(value=value):
            assert problems(f"{AUTHS}targets: [{value}]") == [problem]


def test_ambiguous_targets_are_rejected(problems: Problems, subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("[{name: a, address: x}, {name: a, address: y}]",
         'targets[1].name: "a" is the name of targets[0] too: rename one'),
        ("[{address: x}, {address: 'x:444'}]",
         'targets[1].name: "x" is the name of targets[0] too: rename one'),
        ("[{name: a, address: x}, {name: b, address: 'https://X:443/'}]",
         'targets[1].address: "https://X:443/" is the device of targets[0] too'),
        ("[{name: y, address: x}, {name: b, address: 'y:443'}]",
         'targets[0].name: "y" is the address of targets[1]'),
    ]  # fmt: skip
    for targets, problem in cases:
        with subtests.test(targets=targets):
            assert problems(f"{AUTHS}targets: {targets}") == [problem]


def test_target_may_be_called_by_its_own_address(problems: Problems) -> None:
    assert problems(f"{AUTHS}targets: [{{name: x, address: x}}]\nextra: 1")[0].startswith('unknown key "extra"')


def test_target_without_auth_needs_the_auth_default(problems: Problems) -> None:
    text = "auths: {hq: {username: u, password: p}, lab: {username: u, password: p}}\ntargets: [{address: clock}]"
    assert problems(text) == ['targets[0].auth: unknown auth "default", known: hq, lab']


def test_a_target_without_any_auth_names_the_place_for_one(problems: Problems) -> None:
    assert problems("targets: [{address: clock}]") == [
        'targets[0].auth: unknown auth "default" (add it under auths), known: none'
    ]


def test_an_invalid_auth_is_still_known_to_targets(problems: Problems) -> None:
    text = "auths: {hq: {username: u}}\ntargets: [{address: clock, auth: hq}]"
    assert problems(text) == ["auths.hq: one of password, password_file, password_env is missing"]


def test_a_problem_in_allowed_is_located_and_explained(problems: Problems, subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("{}", "allowed[0].pattern: is missing"),
        ("{pattern: '('}",
         "allowed[0].pattern: is not a regular expression: missing ), unterminated subpattern at position 0"),
        ("{pattern: '*.net'}", ("allowed[0].pattern: is not a regular expression: nothing to repeat at "
         "position 0 (write .* for any text, and \\. for a dot)")),
        ("{pattern: 'a{99999999999}'}",
         "allowed[0].pattern: is not a regular expression: the repetition number is too large"),
        ("{pattern: a, auth: hq}", 'allowed[0].auth: unknown auth "hq", known: default, lab'),
        ("{pattern: a, module: hq}", 'allowed[0].module: unknown module "hq", known: default'),
        ("{pattern: ''}", "allowed[0].pattern: is an empty text: give one or remove the key"),
    ]  # fmt: skip
    for value, problem in cases:
        with subtests.test(value=value):
            assert problems(f"{AUTHS}allowed: [{value}]") == [problem]


def test_a_problem_in_an_auth_is_located_and_explained(problems: Problems, subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, str]] = [
        ("{username: u}", "auths.a: one of password, password_file, password_env is missing"),
        ("{password: p}", "auths.a: one of username, username_file, username_env is missing"),
        ("{username: u, password: p, password_env: PATH}",
         "auths.a: password and password_env exclude each other: keep one"),
        ("{username: u, password: p, username_env: PATH}",
         "auths.a: username and username_env exclude each other: keep one"),
        ("{username: u, password: 12345}", "auths.a.password: must be quoted, because YAML takes it for a number"),
        ("{username: u, password: 1.5}", "auths.a.password: must be quoted, because YAML takes it for a number"),
        ("{username: u, password: no}", "auths.a.password: must be quoted, because YAML takes it for true or false"),
        ("{username: u, password: 2026-11-20}", "auths.a.password: must be quoted, because YAML takes it for a date"),
        ("{username: u, password: }",
         "auths.a.password: is empty: give a value (in quotes, if it begins with #) or remove the key"),
        ("{username: u, password: ''}", "auths.a.password: is an empty text: give one or remove the key"),
        ('{username: u, password: "a\\n"}',
         "auths.a.password: must not contain line breaks or other control characters"),
        ("{username: u, password: p, method: digest}", 'auths.a.method: must be one of basic, bearer, not "digest"'),
        ("{username: u, password: p, fallback_to_basic: true}",
         "auths.a: fallback_to_basic has no effect without method: bearer"),
        ("{username: u, passwort: p, password: p}",
         f'auths.a: unknown key (did you mean "password"?), {AUTH_KEYS}'),
        ("{username: u, password_file: ~/password}", "auths.a.password_file: ~ is not expanded: write the whole path"),
        ("{username: u, password_env: 'A-B'}", "auths.a.password_env: must be the name of an environment variable"),
    ]  # fmt: skip
    for value, problem in cases:
        with subtests.test(value=value):
            assert problems(f"auths: {{a: {value}}}") == [problem]


def test_unknown_collectors_are_rejected_when_the_known_ones_are_given(problems: Problems) -> None:
    text = "modules: {m: {collectors: [systm], exclude_collectors: [x]}}"
    assert problems(text, ("ntp", "system")) == [
        'modules.m.collectors[0]: unknown collector "systm" (did you mean "system"?), known: ntp, system',
        'modules.m.exclude_collectors[0]: unknown collector "x", known: ntp, system',
    ]


def test_all_problems_are_named_in_the_order_of_the_file(problems: Problems) -> None:
    text = """
        modules: {m: {timeout: soon, position: maybe}}
        auths: {hq: {username: 1}}
        targets:
          - {address: a, auth: hq}
          - {address: b, auth: none}
          - {address: a, auth: hq}
        timeout_offset: later
        """
    assert [problem.partition(": ")[0] for problem in problems(text)] == [
        "modules.m.timeout",
        "modules.m.position",
        "auths.hq.username",
        "auths.hq",
        "targets[1].auth",
        "targets[2].address",
        "timeout_offset",
    ]


def test_a_conflict_between_keys_is_named_beside_the_other_problems_of_its_section(problems: Problems) -> None:
    text = "modules: {m: {proxy: {no_proxy: a, proxy_from_environment: maybe}, tls: {server_name: 1, key_file: k.pem}}}"
    assert [problem.partition(": ")[::2] for problem in problems(text)][1] == (
        "modules.m.proxy", "no_proxy has no effect without proxy_url",
    )  # fmt: skip


def test_a_conflict_with_an_invalid_value_is_not_named(problems: Problems) -> None:
    text = "auths: {a: {username: u, password: p, fallback_to_basic: true, method: digest}}"
    assert problems(text) == ['auths.a.method: must be one of basic, bearer, not "digest"']


def test_a_section_without_its_required_keys_names_its_conflicts_too(problems: Problems) -> None:
    text = "auths: {a: {username: u, fallback_to_basic: true}}"
    assert problems(text) == [
        "auths.a: one of password, password_file, password_env is missing",
        "auths.a: fallback_to_basic has no effect without method: bearer",
    ]

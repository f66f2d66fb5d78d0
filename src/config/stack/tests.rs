use super::*;
use std::path::Path as FilePath;

fn stack(files: &[(Layer, &str)]) -> Stack {
    Stack::of_files(
        files
            .iter()
            .map(|(layer, text)| {
                FileLayer::of_text(*layer, FilePath::new(layer.name()), (*text).to_owned())
            })
            .collect(),
    )
}

fn resolve_any(stack: &Stack, path: &str) -> Option<Resolved> {
    let path = Path::parse(path).unwrap();
    let Match::Setting(setting) = path.lookup() else {
        panic!("{path}")
    };
    stack.resolve(&path, setting).unwrap()
}

fn resolve(stack: &Stack, path: &str) -> Resolved {
    resolve_any(stack, path).unwrap()
}

fn shown(resolved: &Resolved) -> (String, Layer, Vec<Layer>) {
    let shadowed = resolved
        .shadowed
        .iter()
        .map(|(_, origin)| origin.layer())
        .collect();
    (resolved.value.to_plain(), resolved.origin.layer(), shadowed)
}

#[test]
fn higher_layers_win_and_say_what_they_shadow() {
    let mut stack = stack(&[
        (Layer::User, "output.format = \"json\""),
        (Layer::Project, "output.format = \"yaml\""),
        (Layer::Local, "output.format = \"csv\""),
    ]);
    assert_eq!(
        shown(&resolve(&stack, "output.format")),
        (
            "csv".into(),
            Layer::Local,
            vec![Layer::Project, Layer::User, Layer::Defaults]
        )
    );
    let environment = Environment::with_variables([("LASSI_OUTPUT__FORMAT", "quiet")]);
    stack.environment = env::read(&environment, &[]).unwrap().assignments;
    assert_eq!(
        shown(&resolve(&stack, "output.format")).1,
        Layer::Environment
    );
    assert_eq!(
        shown(&resolve(&stack, "output.color")),
        ("auto".into(), Layer::Defaults, vec![])
    );
    assert!(resolve_any(&stack, "default_profile").is_none());
}

#[test]
fn what_the_user_says_of_profiles_and_instances_stands() {
    let stack = stack(&[
        (
            Layer::User,
            "[profiles.work]\nemail = \"me\"\nbase_url = \"https://mine.example\"\n",
        ),
        (
            Layer::Project,
            "[profiles.work]\nbase_url = \"https://theirs.example\"\njira_url = \"https://j.example\"\n",
        ),
        (Layer::Local, "[profiles.work]\nemail = \"me\"\n"),
    ]);
    let site = resolve(&stack, "profiles.work.base_url");
    assert_eq!(
        shown(&site),
        (
            "https://mine.example".into(),
            Layer::User,
            vec![Layer::Project]
        )
    );
    assert_eq!(site.refused.unwrap().1.layer(), Layer::Project);
    assert_eq!(
        shown(&resolve(&stack, "profiles.work.jira_url")).1,
        Layer::Project
    );
    assert!(
        resolve(&stack, "profiles.work.email").refused.is_none(),
        "the same value changes nothing"
    );
}

#[test]
fn read_only_can_be_tightened_and_never_loosened_by_shared_files() {
    let path = "profiles.work.read_only";
    let file = |value: bool| format!("profiles.work.read_only = {value}");
    for (user, project, local, value, layer, refused) in [
        (Some(false), Some(true), None, true, Layer::Project, false),
        (Some(true), Some(false), None, true, Layer::User, true),
        (None, Some(true), Some(false), true, Layer::Project, true),
        (None, Some(false), Some(true), true, Layer::Local, false),
        (None, Some(false), None, false, Layer::Project, false),
        (Some(false), None, None, false, Layer::User, false),
    ] {
        let texts = [
            (Layer::User, user),
            (Layer::Project, project),
            (Layer::Local, local),
        ];
        let texts: Vec<_> = texts
            .into_iter()
            .filter_map(|(layer, value)| Some((layer, file(value?))))
            .collect();
        let files: Vec<_> = texts
            .iter()
            .map(|(layer, text)| (*layer, text.as_str()))
            .collect();
        let mut stack = stack(&files);
        let resolved = resolve(&stack, path);
        assert_eq!(
            (resolved.value, resolved.origin.layer()),
            (Value::Bool(value), layer),
            "{texts:?}"
        );
        assert_eq!(resolved.refused.is_some(), refused, "{texts:?}");
        let environment =
            Environment::with_variables([("LASSI_PROFILES__WORK__READ_ONLY", "false")]);
        stack.environment = env::read(&environment, &[]).unwrap().assignments;
        assert_eq!(resolve(&stack, path).origin.layer(), Layer::Environment);
    }
}

#[test]
fn all_values_come_in_the_order_of_the_declarations() {
    let stack = stack(&[(
        Layer::User,
        "[output]\ncolor = \"never\"\nformat = \"json\"\n[auth.jira.\"https://b.example\"]\nusername = \"b\"\n\
         [auth.jira.\"https://a.example\"]\nusername = \"a\"\n[profiles.work]\nemail = \"me\"\n",
    )]);
    let paths = |defaults| -> Vec<String> {
        let all = stack.resolve_all(&Path::default(), defaults).unwrap();
        all.iter()
            .map(|resolved| resolved.path.to_string())
            .collect()
    };
    assert_eq!(
        paths(false),
        [
            "profiles.work.email",
            "auth.jira[\"https://a.example\"].username",
            "auth.jira[\"https://b.example\"].username",
            "output.format",
            "output.color",
        ]
    );
    let with_defaults = paths(true);
    assert!(with_defaults.contains(&"profiles.work.bitbucket.base_url".to_owned()));
    assert!(with_defaults.contains(&"auth.jira[\"https://a.example\"].deployment".to_owned()));
    assert!(with_defaults.contains(&"connection.timeout".to_owned()));
}

#[test]
fn few_and_many_settings_have_the_same_others_above_them() {
    let text = |value: &str| {
        let profile = |index| format!("[profiles.p{index}]\nemail = \"{value}\"\n");
        let profiles: String = (0..=FEW).map(profile).collect();
        format!("output.format = \"{value}\"\n{profiles}")
    };
    let stack = stack(&[
        (Layer::User, &text("json")),
        (Layer::Project, &text("yaml")),
        (Layer::Local, "output.color = \"never\"\n"),
    ]);
    let profiles = (0..=FEW).map(|index| format!("profiles.p{index}.email"));
    let output = ["output.format", "output.color"].map(str::to_owned);
    let paths: Vec<_> = output
        .into_iter()
        .chain(profiles)
        .map(|path| Path::parse(&path).unwrap())
        .collect();
    let settings: Vec<_> = paths
        .iter()
        .map(|path| match path.lookup() {
            Match::Setting(setting) => (path, setting),
            other => panic!("{path}: {other:?}"),
        })
        .collect();
    let shown = |resolved: Vec<Resolved>| -> Vec<_> {
        let shown = |found: Resolved| (found.path, found.value.to_plain(), found.origin);
        resolved.into_iter().map(shown).collect()
    };
    for (layer, count) in [(Layer::User, 2), (Layer::Project, FEW + 2)] {
        let one = |setting: &_| stack.overriding([*setting], layer);
        let mut single = shown(settings.iter().flat_map(one).collect());
        let mut together = shown(stack.overriding(settings.iter().copied(), layer));
        single.sort_by(|a, b| a.0.cmp(&b.0));
        together.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(single, together);
        assert_eq!(single.len(), count, "{layer:?}");
    }
}

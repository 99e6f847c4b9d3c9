"""Validates an export by what others publish: `validate.py stix|ocsf FILE` prints {"read": N, "errors": [...]} as JSON.

stix: OASIS stix2-validator in strict mode (warnings count), and ids of observables as OASIS stix2 makes them.
ocsf: the JSON Schema of each event's class in the version that the event states (ocsf-json-schema).
"""

import json
import sys


def stix(path):
    import stix2
    from stix2validator import ValidationOptions, validate_file

    # Left off: 103 (ids of version 4: ours are of version 5 on purpose, so that they stay the same) and 301 (a source port: nobody keeps ours).
    options = ValidationOptions(version="2.1", strict=True, strict_properties=True, disabled="103,301")
    result = validate_file(path, options)
    errors = [str(error) for one in result.object_results for error in one.errors + one.warnings]
    errors += [str(error) for error in (result.fatal.errors if result.fatal else [])]
    with open(path, encoding="utf-8") as file:
        objects = json.load(file)["objects"]
    ids = {one["id"] for one in objects}
    if len(ids) != len(objects):
        errors.append("an object stands in it twice")
    for one in objects:
        if one["type"] in ("ipv4-addr", "ipv6-addr", "network-traffic", "software"):
            bare = {key: value for key, value in one.items() if key != "id"}
            if one["id"] != stix2.parse(bare, version="2.1")["id"]:
                errors.append(one["id"] + ": not the id that follows from its properties")
        for key, value in one.items():
            refs = value if key.endswith("_refs") else [value] if key.endswith("_ref") else []
            errors += [ref + ": is referred to and not there" for ref in refs if ref not in ids]
    return len(objects), errors


def ocsf(path):
    from jsonschema import Draft202012Validator
    from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema

    schemas, validators, errors, read = {}, {}, [], 0
    with open(path, encoding="utf-8") as file:
        for line in file:
            read += 1
            event = json.loads(line)
            version, uid = event["metadata"]["version"], event["class_uid"]
            if version not in schemas:
                schemas[version] = OcsfJsonSchemaEmbedded(get_ocsf_schema(version=version))
            if (version, uid) not in validators:
                name = schemas[version].lookup_class_name_from_uid(class_uid=uid)
                schema = schemas[version].get_class_schema(class_name=name, profiles=[])
                validators[version, uid] = Draft202012Validator(schema)
            errors += [f"{error.json_path}: {error.message}" for error in validators[version, uid].iter_errors(event)]
    return read, errors


read, errors = {"stix": stix, "ocsf": ocsf}[sys.argv[1]](sys.argv[2])
json.dump({"read": read, "errors": errors}, sys.stdout)

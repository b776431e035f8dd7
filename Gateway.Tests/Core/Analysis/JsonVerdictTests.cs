using Gateway.Core.Analysis;

namespace Gateway.Tests.Core.Analysis;

/// <summary>What is JSON and what is not, in the manner of nst/JSONTestSuite (MIT): each value stands in an object, in one piece and byte by byte.</summary>
[TestFixture]
internal sealed class JsonVerdictTests
{
    private static readonly string[] Valid =
    [
        "[]", "[ ]", "[[]   ]", "[\"\"]", "[false]", "[null]", "[1, \"1\", {}]", "[1\n]", "[ 1]", "[1,null,null,null,2]", "[2] ",
        "123e65", "0e+1", "0e1", " 4", "-0.000000000000000000000000000000000000000000000000000000000000000000000000000001", "20e1", "-0", "-123", "-1",
        "1E22", "1E-2", "1E+2", "123e45", "123.456e78", "1e-2", "1e+2", "123", "123.456789", "1e999999", "0", "0.5", "-0.0",
        "{\"asd\":\"sdf\", \"dfg\":\"fgh\"}", "{\"asd\":\"sdf\"}", "{\"a\":\"b\",\"a\":\"c\"}", "{}", "{\"\":0}", "{\"foo\\u0000bar\": 42}",
        "{\"min\": -1.0e+28, \"max\": 1.0e+28}", "{\"a\":[]}", "{\n\"a\": \"b\"\n}", "{\"title\":\"\\u041f\\u043e\\u043b\"}",
        "\"\\u0060\\u012a\\u12AB\"", "\"\\uD801\\udc37\"", "\"\\ud83d\\ude39\\ud83d\\udc8d\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\\u0000\"", "\"\\\"\"",
        "\"a/*b*/c/*d//e\"", "\"\\\\a\"", "\"\\\\n\"", "\"\\u0012\"", "\"\\uFFFF\"", "\"asd\"", "\"\\uDBFF\\uDFFF\"", "\"new\\u00A0line\"", "\"\u2028\u2029\"", "\"\uFFFF\"",
        "\"\\u0000\"", "\"\\uD800\"", "\"\\uDADA\"", "\" \"", "\"\\uD834\\uDd1e\"", "\"\\u0821\"", "\"\\u0123\"", "\"\\u061a\"", "\"\u20ac\ud834\udd1e\"", "\"\u007F\"", "\"aa\u007Faa\"",
        "true", "false", "null", "\"\"", "\t\n\r [] \t\n\r",
    ];

    private static readonly string[] Invalid =
    [
        "[1 true]", "[\"\": 1]", "[\"\"],", "[,1]", "[1,,2]", "[\"x\",,]", "[\"x\"]]", "[\"\",]", "[\"x\"", "[x", "[3[4]]", "[1:2]", "[,]", "[-]", "[   , \"\"]", "[\"a\",\n4\n,1,", "[1,]", "[1,,]",
        "[\"\u000ba\"\\f]", "[*]", "[\"\"", "[1,", "[1,\n1\n,1", "[{}", "[fals]", "[nul]", "[tru]", "[++1234]", "[+1]", "[+Inf]", "[-01]", "[-1.0.]", "[-2.]", "[-NaN]", "[.-1]", "[.2e-3]", "[0.1.2]",
        "[0.3e+]", "[0.3e]", "[0.e1]", "[0E+]", "[0E]", "[0e+]", "[0e]", "[1.0e+]", "[1.0e-]", "[1.0e]", "[1 000.0]", "[1eE2]", "[2.e+3]", "[2.e-3]", "[2.e3]", "[9.e+]", "[Inf]", "[NaN]", "[\uff11]", "[1+2]",
        "[0x1]", "[0x42]", "[Infinity]", "[0e+-1]", "[-123.123foo]", "[-Infinity]", "[-foo]", "[- 1]", "[-012]", "[-.123]", "[-1x]", "[1ea]", "[1.]", "[.123]", "[1.2a-3]", "[1.8011670033376514H-308]", "[012]",
        "[\"x\", truth]", "{[: \"x\"}", "{\"x\", null}", "{\"x\"::\"b\"}", "{\ud83c\udde8\ud83c\udded}", "{\"a\":\"a\" 123}", "{key: 'value'}", "{\"a\" b}", "{:\"b\"}", "{\"a\" \"b\"}", "{\"a\":", "{\"a\"", "{1:1}", "{9999E9999:1}",
        "{null:null,null:null}", "{\"id\":0,,,,,}", "{'a':0}", "{\"id\":0,}", "{\"a\":\"b\"}/**/", "{\"a\":\"b\"}/**//", "{\"a\":\"b\"}//", "{\"a\":\"b\"}/", "{\"a\":\"b\",,\"c\":\"d\"}", "{a: \"b\"}", "{\"a\":\"a", "{ \"foo\" : \"bar\", \"a\" }",
        "{\"a\":\"b\"}#", " ", "[\"\\uD800\\\"]", "[\"\\uD800\\u\"]", "[\"\\uD800\\u1\"]", "[\"\\uD800\\u1x\"]", "[\u00e9]", "[\"\\x00\"]", "[\"\\\\\\\"]", "[\"\\\t\"]", "[\"\\\ud83c\udf00\"]", "[\"\\\"]", "[\"\\u00A\"]", "[\"\\uD834\\uDd\"]",
        "[\"\\uD800\\uD800\\x\"]", "[\"\\a\"]", "[\"\\uqqqq\"]", "[\\u0020\"asd\"]", "[\\n]", "\"", "['single quote']", "abc", "[\"\\", "[\"a\u0000a\"]", "[\"new\nline\"]", "[\"\t\"]", "\"\\UA66D\"", "\"\"x", "[\u2060]", "<.>", "[<null>]", "[1]x", "[1]]",
        "[\"asd]", "a\u00e5", "[True]", "1]", "{\"x\": true,", "[][]", "]", "{]", "[}", "\u00e5", "\u2060", "{\"asd\":\"asd\"", "[\u000c]", "[\"a\"\u000b]", "*", "{\"a\":\"b\"}#{}", "[\\u000A\"\"]", "[,", "[\"a", "['", "['a", "[", "{,", "{[", "{\"a", "{'a'", "{}}",
        "[\"\\{[\"\\{[\"\\{[\"\\{", "{'", "01", "00", "1e", "-", "+1", "\"\\u{0041}\"", "nulll", "truefalse", "[1}", "{\"a\":1]", "[\"\u0001\"]", "[\"\u001f\"]",
    ];

    [TestCaseSource(nameof(Valid))]
    public void Is_json(string value) => Assert.Multiple(() =>
    {
        Assert.That(Scans.Of($"{{\"k\":{value}}}").Error, Is.EqualTo(ScanError.None));
        Assert.That(Scans.Of($"{{\"k\":{value}}}", 1).Error, Is.EqualTo(ScanError.None));
    });

    [TestCaseSource(nameof(Invalid))]
    public void Is_no_json(string value) => Assert.Multiple(() =>
    {
        Assert.That(Scans.Of($"{{\"k\":{value}}}").Error, Is.Not.EqualTo(ScanError.None));
        Assert.That(Scans.Of($"{{\"k\":{value}}}", 1).Error, Is.Not.EqualTo(ScanError.None));
    });
}
